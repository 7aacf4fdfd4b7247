import http from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";

/** Keep-alive connections of our own. One that is not open after `connectMs` fails as `connect` does: nothing was sent. */
export function createAgents(connectMs: number): { readonly http: http.Agent; readonly https: https.Agent } {
  return { http: new PlainAgent(connectMs), https: new SecureAgent(connectMs) };
}

class PlainAgent extends http.Agent {
  readonly #connectMs: number;
  constructor(connectMs: number) {
    super({ keepAlive: true });
    this.#connectMs = connectMs;
  }
  override createConnection(
    ...args: Parameters<http.Agent["createConnection"]>
  ): ReturnType<http.Agent["createConnection"]> {
    return limited(super.createConnection(...args), "connect", this.#connectMs);
  }
}

class SecureAgent extends https.Agent {
  readonly #connectMs: number;
  constructor(connectMs: number) {
    super({ keepAlive: true });
    this.#connectMs = connectMs;
  }
  override createConnection(
    ...args: Parameters<https.Agent["createConnection"]>
  ): ReturnType<https.Agent["createConnection"]> {
    return limited(super.createConnection(...args), "secureConnect", this.#connectMs);
  }
}

function limited<S extends Duplex | null | undefined>(socket: S, opened: string, connectMs: number): S {
  const late = setTimeout(() => socket?.destroy(connectTimeout()), connectMs);
  const clear = () => clearTimeout(late);
  socket?.once(opened, clear).once("close", clear);
  return socket;
}

function connectTimeout(): Error {
  return Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT", syscall: "connect" });
}
