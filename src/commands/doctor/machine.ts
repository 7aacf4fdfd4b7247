import { type Finding, found } from "./finding.ts";
import { probe } from "./probe.ts";

/** `package.json` and `an-tam.mjs` ask for the same. */
const OLDEST_NODE = 24;
/** A message's age, a token's life and the citizen's quiet hours are reckoned by this clock. */
const CLOCK_MS = 30_000;
const HOUR_MS = 3_600_000;
/** So near to whole hours somebody set the time of one zone in another. */
const ZONE_MS = 3 * 60_000;

/** `version` as in `process.versions.node`. */
export function nodeFinding(version: string): Finding {
  const major = Number(version.split(".")[0]);
  return found(major >= OLDEST_NODE ? "node.ok" : "node.old", { version });
}

/** Holds this machine's clock against the `Date` of the first of these servers that answers. */
export async function clockFinding(roots: readonly string[]): Promise<Finding> {
  const answers = await Promise.all(roots.map(differenceTo));
  const known = answers.find((answer) => answer !== undefined);
  if (known === undefined) return found("clock.unchecked", { time: localTime() });
  return judged(known.ms, known.host);
}

async function differenceTo(root: string): Promise<{ host: string; ms: number } | undefined> {
  const answer = await probe(root, { method: "HEAD" });
  if (answer.kind !== "answer") return undefined;
  const said = Date.parse(answer.header("date") ?? "");
  // The header counts whole seconds, so the moment meant is half a second later on average.
  return Number.isNaN(said) ? undefined : { host: new URL(root).host, ms: answer.at - (said + 500) };
}

/** `ms`: how far this machine is ahead; below zero it is behind. */
function judged(ms: number, host: string): Finding {
  const off = Math.abs(ms);
  if (off <= CLOCK_MS) return found("clock.ok", { host, seconds: Math.round(off / 1_000) });
  const hours = Math.round(off / HOUR_MS);
  if (hours > 0 && Math.abs(off - hours * HOUR_MS) < ZONE_MS) return found("clock.zone", { host, hours });
  return found("clock.off", { host, seconds: Math.round(off / 1_000) });
}

function localTime(): string {
  const format = { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" } as const;
  return new Intl.DateTimeFormat("vi-VN", format).format(Date.now());
}
