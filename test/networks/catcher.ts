import { setTimeout as sleep } from "node:timers/promises";
import { type Call, json, listen } from "../support/networks/shared/http-server.ts";

/** A bot's webhook that only takes notes. */
export interface Catcher {
  readonly url: string;
  /** Everything that came, oldest first. */
  readonly calls: readonly Pick<Call, "headers" | "body">[];
  /** The bodies as JSON; null for an empty one. */
  bodies(): readonly unknown[];
  /** Statuses of the next answers; then 200. */
  readonly statuses: number[];
  delayMs: number;
  close(): Promise<void>;
}

/** Also serves `files` by path, until they are deleted there. */
export async function startCatcher(files: Map<string, Buffer> = new Map()): Promise<Catcher> {
  const calls: Call[] = [];
  const statuses: number[] = [];
  const server = await listen(
    async (call) => {
      const file = files.get(call.path);
      if (file !== undefined) return { status: 200, headers: { "content-type": "image/png" }, body: file };
      if (call.verb === "GET") return json({}, 404);
      calls.push(call);
      if (catcher.delayMs > 0) await sleep(catcher.delayMs);
      return json({}, statuses.shift() ?? 200);
    },
    () => "none",
  );
  const catcher: Catcher = {
    url: `${server.root}/hook`,
    calls,
    bodies: () => calls.map(({ body }): unknown => (body.length === 0 ? null : JSON.parse(body.toString("utf8")))),
    statuses,
    delayMs: 0,
    close: server.close,
  };
  return catcher;
}

/** Waits until something holds; rejects after five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("it did not come true in time");
    await sleep(5);
  }
}
