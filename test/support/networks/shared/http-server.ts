import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Larger bodies are cut off: no network takes them. */
const BODY_LIMIT = 32_000_000;

/** A call as it came in. */
export interface Call {
  readonly verb: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly socket: Socket;
  /** Calls back once the answer is out or the caller is gone. */
  onEnd(listener: () => void): void;
}

/** What goes back; `cut` closes the connection without a word. */
export type Reply = Answer | "cut";
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** `cut`: every connection breaks at once. `silent`: calls are taken and never answered. */
export type Outage = "none" | "cut" | "silent";

export interface LocalServer {
  /** `http://127.0.0.1:port`. */
  readonly root: string;
  close(): Promise<void>;
}

/** Serves on a free port of this machine. `handle` must not reject. */
export async function listen(handle: (call: Call) => Promise<Reply>, outage: () => Outage): Promise<LocalServer> {
  const server = createServer((request, response) => void serve(request, response, handle, outage()));
  // An idle connection stays open: closing one while a call is on its way would look like a cut nobody asked for.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { root: `http://127.0.0.1:${portOf(server.address())}`, close };
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

/** The page of a gateway: not what the API's own programs answer. */
export function gatewayPage(status: number): Reply {
  const body = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`;
  return { status, headers: { "content-type": "text/html" }, body };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (call: Call) => Promise<Reply>,
  outage: Outage,
): Promise<void> {
  response.on("error", () => undefined);
  const body = outage === "cut" ? null : await bodyOf(request);
  if (body === null) return void request.socket.destroy();
  if (outage === "silent") return;
  const url = new URL(request.url ?? "/", "http://localhost");
  const reply = await handle({
    verb: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    socket: request.socket,
    onEnd: (listener) => void response.once("close", listener),
  });
  if (reply === "cut") return void request.socket.destroy();
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

/** Null when the caller went away or sends without end. */
function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) resolve(null);
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}
