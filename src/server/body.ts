import type { IncomingMessage } from "node:http";

/**
 * The raw body. `too-large` as soon as it is announced or found to be above `limit` bytes: the rest is not read.
 * `cut` when the connection ended before the body did. Never rejects.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | "too-large" | "cut"> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve("too-large");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else {
        request.pause();
        resolve("too-large");
      }
    });
    request.on("end", () => resolve(joined(chunks)));
    request.on("close", () => resolve("cut"));
    request.on("error", () => resolve("cut"));
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
