import { once } from "node:events";
import type { Server } from "node:http";

/** Listens on any free port of this machine and gives it. */
export async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
