import { atLeast, atMost, type Goal } from "./goal.ts";
import { SAME_PROMISES } from "./grammy-session.ts";
import { type Results, SLOWER_FLUSH_MS } from "./measure.ts";
import { type Measured, ratio } from "./rounds.ts";
import { webhookGoals } from "./webhook/goals.ts";

/** What was to be reached, and whether it was. */
export function goalsOf(results: Results): readonly Goal[] {
  const texts = only(results.memory, "An Tâm, engine and texts");
  const engine = only(results.memory, "An Tâm, engine");
  const peer = fastest(results.memory);
  return [
    atLeast(`engine and texts ÷ fastest peer in memory (${peer.name})`, 2, ratio(texts, peer)),
    atLeast(`engine alone ÷ fastest peer in memory (${peer.name})`, 2, ratio(engine, peer)),
    durableGoal("whole durable turn", results.durable, 64, 5),
    durableGoal("whole durable turn", results.durable, 1, 1),
    durableGoal(`whole durable turn, flushes ${SLOWER_FLUSH_MS} ms longer`, results.slower, 64, 5),
    durableGoal(`whole durable turn, flushes ${SLOWER_FLUSH_MS} ms longer`, results.slower, 1, 1),
    sizeGoal(results, 64),
    sizeGoal(results, 1),
    ...results.coldStart
      .filter(({ name }) => name.endsWith("every later start"))
      .map((cold) => atMost(`first reply in the ${cold.name.split(",")[0]} (median)`, 400, cold.median, " ms")),
    ...screenGoals(results),
    ...webhookGoals(results.webhooks),
  ];
}

function screenGoals({ safetyScreen }: Results): Goal[] {
  const [message] = safetyScreen;
  const speed =
    message === undefined ? [] : [atLeast(`safety screen, ${message.texts}, per second`, 20_000, message.perSecond)];
  return [...speed, ...safetyScreen.map(({ texts, p99 }) => atMost(`safety screen, ${texts}, p99`, 1_000, p99, " µs"))];
}

/** The fastest library that is not ours, as it comes. */
export function fastest(measured: readonly Measured[]): Measured {
  const peers = measured.filter(({ name }) => !name.startsWith("An Tâm") && name !== SAME_PROMISES);
  return peers.reduce((best, one) => (one.turnsPerSecond > best.turnsPerSecond ? one : best));
}

function only(measured: readonly Measured[], name: string, inFlight = 1, citizens?: number): Measured {
  const found = measured.find(
    (one) => one.name === name && one.inFlight === inFlight && (citizens === undefined || one.citizens === citizens),
  );
  if (found === undefined) throw new Error(`"${name}" was not measured with ${inFlight} in flight`);
  return found;
}

function durableGoal(turn: string, durable: readonly Measured[], inFlight: number, wanted: number): Goal {
  const peer = fastest(durable.filter((one) => one.inFlight === inFlight));
  const what = `${turn} ÷ fastest durable peer (${peer.name}), ${inFlight} in flight`;
  return atLeast(what, wanted, ratio(only(durable, "An Tâm, whole turn", inFlight), peer));
}

function sizeGoal({ sizes }: Results, inFlight: number): Goal {
  const [few, many] = [1_000, 100_000].map((size) => only(sizes, "An Tâm, whole turn", inFlight, size));
  if (few === undefined || many === undefined) throw new Error("the sizes were not measured");
  return atMost(`cost of a turn at 100,000 citizens ÷ at 1,000, ${inFlight} in flight`, 1.5, ratio(few, many), "");
}
