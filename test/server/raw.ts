import { connect } from "node:net";

/** What one connection got back; `gone` resolves with all of it once the server hangs up. */
export interface RawConnection {
  write(text: string): void;
  end(): void;
  /** Resolves when the answer holds this. */
  got(part: string): Promise<void>;
  readonly gone: Promise<string>;
}

/** A connection that says exactly what it is told to, well-formed or not. */
export function rawConnection(port: number): RawConnection {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  const waits: { readonly part: string; readonly resolve: () => void }[] = [];
  socket.setEncoding("utf8").on("data", (data) => {
    text += String(data);
    for (const { part, resolve } of waits) if (text.includes(part)) resolve();
  });
  const gone = new Promise<string>((resolve) => {
    socket.on("close", () => resolve(text));
    socket.on("error", () => undefined);
  });
  return {
    write: (part) => void socket.write(part),
    end: () => void socket.end(),
    got: (part) =>
      new Promise((resolve) => {
        if (text.includes(part)) resolve();
        else waits.push({ part, resolve });
      }),
    gone,
  };
}
