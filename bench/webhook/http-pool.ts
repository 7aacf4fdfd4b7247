import { connect, type Socket } from "node:net";

/** Where updates are posted. */
export interface Address {
  readonly port: number;
  readonly path: string;
  readonly secret: string;
}

/**
 * Posts JSON over a fixed number of HTTP/1.1 connections that stay open, on plain sockets: a client that costs as
 * little as it can, since it shares the machine with what it measures.
 */
export class HttpPool {
  readonly #idle: Connection[];
  readonly #all: readonly Connection[];
  readonly #waiting: ((connection: Connection) => void)[] = [];

  constructor(address: Address, connections: number) {
    this.#all = Array.from({ length: connections }, () => new Connection(address));
    this.#idle = [...this.#all];
  }

  /** Resolves when the answer is 200. Rejects for every other answer and when the connection ends. */
  async post(body: string): Promise<void> {
    const connection = this.#idle.pop() ?? (await new Promise<Connection>((resolve) => this.#waiting.push(resolve)));
    const status = await connection.post(body);
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else next(connection);
    if (status !== 200) throw new Error(`an update was answered with ${status}`);
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }
}

interface Exchange {
  resolve(status: number): void;
  reject(error: Error): void;
}

class Connection {
  readonly #socket: Socket;
  readonly #head: string;
  #exchange: Exchange | undefined;
  #received = "";

  constructor({ port, path, secret }: Address) {
    this.#head =
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n` +
      `x-telegram-bot-api-secret-token: ${secret}\r\ncontent-length: `;
    this.#socket = connect(port, "127.0.0.1").setNoDelay().setEncoding("latin1");
    this.#socket.on("data", (part: string) => this.#read(part));
    this.#socket.on("error", (error) => this.#exchange?.reject(error));
    this.#socket.on("close", () => this.#exchange?.reject(new Error("a connection was closed before its answer")));
  }

  post(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#exchange = { resolve, reject };
      this.#socket.write(`${this.#head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(part: string): void {
    this.#received += part;
    const end = this.#received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = lengthIn(this.#received.slice(0, end + 2));
    if (this.#received.length < end + 4 + length) return;
    const status = Number(this.#received.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length));
    const exchange = this.#exchange;
    this.#received = "";
    this.#exchange = undefined;
    exchange?.resolve(status);
  }
}

/** Throws for a body that comes in pieces: no contender answers so. */
function lengthIn(head: string): number {
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without a length: ${head.slice(0, 300)}`);
  return Number(length);
}
