import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A listening HTTP server that can be made unreachable for a while. */
export interface Door {
  readonly root: string;
  shut(): Promise<void>;
  /** Listens at the same address again. */
  open(): Promise<void>;
}

/** Listens on any free port of this machine. */
export async function openDoor(serve: RequestListener): Promise<Door> {
  // No limit on idle connections: closing one while a request is on its way would look like a fault of the network.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, noDelay: true }, serve);
  let port = 0;
  const open = async (): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve());
    });
    port = portOf(server.address());
  };
  const shut = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  await open();
  return { root: `http://127.0.0.1:${port}`, open, shut };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}
