import { type Network, rewritingOf } from "../../support/networks/network.ts";
import type { NetworkName } from "../../support/networks/rig.ts";
import type { Kill } from "./killer.ts";
import type { Double } from "./talk.ts";

/** Messages that came twice, by their reason. */
export interface Doubles {
  /** The network took the first copy and broke the connection: nobody could know. */
  readonly unknowable: number;
  /** The bot was killed between the network's answer and its own note of it. */
  readonly byKill: number;
  readonly mostAfterOneKill: number;
  /** Without any reason. */
  readonly unexplained: readonly Double[];
}

/** A message that left just before the kill arrives so much later at most: latency, and a busy machine; milliseconds. */
const ON_ITS_WAY_MS = 250;

export function explain(
  doubles: readonly Double[],
  kills: readonly Kill[],
  network: (name: NetworkName) => Network,
): Doubles {
  const afterKill = new Map<Kill, number>();
  const unexplained: Double[] = [];
  let unknowable = 0;
  for (const double of doubles) {
    const { first, second } = double;
    const kill = kills.find(({ at, gone }) => gone >= first.at - ON_ITS_WAY_MS && at <= second.at);
    const name = first.rewritten ? rewritingOf(first.id) : first.id;
    if (network(double.network).unknowable.has(name)) unknowable++;
    else if (kill === undefined) unexplained.push(double);
    else afterKill.set(kill, (afterKill.get(kill) ?? 0) + 1);
  }
  const counts = [...afterKill.values()];
  return {
    unknowable,
    byKill: counts.reduce((total, n) => total + n, 0),
    mostAfterOneKill: Math.max(0, ...counts),
    unexplained,
  };
}
