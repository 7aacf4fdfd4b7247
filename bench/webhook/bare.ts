import { servePeer } from "./peer.ts";

/** What any webhook has to do at the least: read the body, parse it, say 200. */
servePeer(() => (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.end();
  });
});
