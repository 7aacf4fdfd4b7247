import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface StrangeServer {
  /** `http://127.0.0.1:port`. */
  readonly root: string;
  close(): Promise<void>;
}

/** A server that answers whatever a test wants, as public addresses sometimes do. */
export async function startStrangeServer(answer: RequestListener): Promise<StrangeServer> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    root: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
