import { atLeast, atMost, type Goal } from "../goal.ts";
import { OURS, type Paced, type PaceResults } from "./measure.ts";

/** Of the permitted rate. */
const WANTED = { bucket: 0.98, window: 0.95 } as const;
const REFUSALS = 10;
/** How much longer a reply may take because of a broadcast; milliseconds at p95. */
const REPLY_MS = 200;

export function paceGoals({ paced }: PaceResults): readonly Goal[] {
  return paced.filter(({ name }) => name === OURS).flatMap(goalsOf);
}

function goalsOf({ kind, perSecond, whole, sustained, refusals, replyBefore, replyDuring }: Paced): Goal[] {
  const where = `${kind}, ${perSecond.toLocaleString("en-US")}/s`;
  return [
    atLeast(`${where}: share of the permitted rate, the lower of both`, WANTED[kind], Math.min(whole, sustained)),
    atMost(`${where}: refusals`, REFUSALS, refusals, ""),
    atMost(`${where}: a reply during the broadcast, longer at p95`, REPLY_MS, replyDuring - replyBefore, " ms"),
  ];
}
