import type { Logger } from "pino";
import type { Bot } from "../bot/bot.ts";
import type { Runner } from "../broadcast/runner.ts";
import type { CitizenStore } from "../stores/citizen-store.ts";
import type { Networks } from "./networks.ts";

interface CareParts {
  readonly bot: Bot;
  readonly store: CitizenStore;
  readonly networks: Networks;
  readonly runner: Pick<Runner, "tick">;
  readonly log: Logger;
}

/** How often waiting times and forgotten help positions are looked after. */
const TICK_MS = 1_000;
/** How often what has expired is deleted, and how long after a start for the first time. */
const PURGE_MS = 10 * 60_000;
const FIRST_PURGE_MS = 3_000;

/** Looks after times and broadcasts by itself until the function it gives is called. A failure is logged by name and tried again. */
export function careFor({ bot, store, networks, runner, log }: CareParts): () => void {
  const guarded = (what: string, task: () => Promise<unknown>) => () => {
    task().catch((error: unknown) =>
      log.error({ what, name: error instanceof Error ? error.name : "unknown" }, "care"),
    );
  };
  const tick = setInterval(
    guarded("tick", async () => networks.wake(await bot.tick())),
    TICK_MS,
  );
  const send = setInterval(
    guarded("broadcasts", () => runner.tick()),
    TICK_MS,
  );
  const tidy = guarded("purge", () => store.purge(Date.now()));
  const purge = setInterval(tidy, PURGE_MS);
  const first = setTimeout(tidy, FIRST_PURGE_MS);
  return () => {
    clearTimeout(first);
    clearInterval(tick);
    clearInterval(send);
    clearInterval(purge);
  };
}
