import { atLeast, atMost, type Goal } from "../goal.ts";
import { ratio } from "../rounds.ts";
import { type Busy, CONNECTIONS, EVEN, type WebhookResults } from "./measure.ts";
import { BARE, KEPT, OURS } from "./stations.ts";

/** Of the way from an update's arrival by webhook to its acknowledgement. */
export function webhookGoals({ busy, even }: WebhookResults): readonly Goal[] {
  const ours = named(busy, OURS);
  const [inMemory, flushed] = [fasterPeer(busy, "memory"), fasterPeer(busy, "flushed")];
  const load = `webhook, ${CONNECTIONS} connections`;
  return [
    atLeast(`${load} ÷ ${BARE} that parses the same POST`, 0.4, ratio(ours, named(busy, BARE))),
    atLeast(`${load} ÷ faster durable peer (${flushed.name})`, 1.5, ratio(ours, flushed)),
    atLeast(`${load} ÷ faster peer that keeps nothing (${inMemory.name})`, 1.5, ratio(ours, inMemory)),
    atMost(
      `webhook, ${EVEN.perSecond} updates/s from ${EVEN.citizens} citizens, p99`,
      50,
      named(even, OURS).p99 / 1000,
      " ms",
    ),
  ];
}

/** Of the two with sessions in the same place. */
export function fasterPeer(busy: readonly Busy[], sessions: keyof typeof KEPT): Busy {
  const peers = busy.filter(({ name }) => name.endsWith(KEPT[sessions]));
  return peers.reduce((best, one) => (one.turnsPerSecond > best.turnsPerSecond ? one : best));
}

export function named<T extends { readonly name: string }>(measured: readonly T[], name: string): T {
  const found = measured.find((one) => one.name === name);
  if (found === undefined) throw new Error(`"${name}" was not measured`);
  return found;
}
