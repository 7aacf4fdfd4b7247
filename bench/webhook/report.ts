import { ratio } from "../rounds.ts";
import { count, milli, table } from "../table.ts";
import { fasterPeer, named } from "./goals.ts";
import type { Busy, WebhookResults } from "./measure.ts";
import { BARE } from "./stations.ts";

/** Everybody under full load. */
export function busyTable({ busy }: WebhookResults): string {
  const bare = named(busy, BARE);
  const peers = [fasterPeer(busy, "flushed"), fasterPeer(busy, "memory")];
  const times = (one: Busy, other: Busy) => (one === other ? "1" : ratio(one, other).toFixed(2));
  return table(
    [
      "",
      "updates/s",
      "p50 ms",
      "p99 ms",
      "÷ bare",
      "÷ faster, flushed",
      "÷ faster, in memory",
      "messages sent per update",
    ],
    busy.map((one) => [
      ...[one.name, count(one.turnsPerSecond), milli(one.p50), milli(one.p99), times(one, bare)],
      ...peers.map((peer) => times(one, peer)),
      one.messages.toFixed(2),
    ]),
  );
}

/** Everybody at an even rate. */
export function evenTable({ even }: WebhookResults): string {
  return table(
    ["", "p50 ms", "p99 ms", "slowest ms"],
    even.map(({ name, p50, p99, most }) => [name, milli(p50), milli(p99), milli(most)]),
  );
}
