import type { Machine } from "../machine.ts";
import { count, table } from "../table.ts";
import { paceGoals } from "./goals.ts";
import { type Paced, type PaceResults, RATES } from "./measure.ts";
import { KINDS } from "./messages.ts";

/** The section of `docs/bench.md` about broadcasts, as Markdown. */
export function paceReport(results: PaceResults, { cores, processor, node, load }: Machine): string {
  const command = `\`npm run bench -- pace${results.quick ? " --quick" : ""}\``;
  const machine = `${cores} cores (${processor}), Node ${node}, load ${load.toFixed(1)} before the start`;
  const tables = RATES.flatMap((perSecond) =>
    KINDS.map((kind) => {
      const paced = results.paced.filter((one) => one.kind === kind && one.perSecond === perSecond);
      const messages = count(paced[0]?.messages ?? 0);
      return `### ${messages} messages at ${count(perSecond)}/s, ${TITLES[kind]}\n\n${pacedTable(paced)}`;
    }),
  );
  const goals = paceGoals(results).map(({ what, wanted, found, met }) => [
    what,
    wanted,
    found,
    met ? "met" : "**missed**",
  ]);
  return [
    `## Broadcasts at the permitted rate\n\n${command}: ${machine}. Measured in ${Math.round(results.seconds)} s.`,
    table(["measured", "goal", "found", ""], goals),
    ...tables,
    HOW,
  ].join("\n\n");
}

const TITLES = { bucket: "token bucket", window: "strict sliding window" } as const;

function pacedTable(paced: readonly Paced[]): string {
  return table(
    [
      "",
      "of the rate, whole run",
      "of the rate, sustained",
      "refusals",
      "reply before, p95 ms",
      "reply during, p95 ms",
      "CPU µs a message",
    ],
    paced.map(({ name, whole, sustained, refusals, replyBefore, replyDuring, cpu }) => [
      name,
      whole.toFixed(3),
      sustained.toFixed(3),
      count(refusals),
      count(replyBefore),
      count(replyDuring),
      count(cpu),
    ]),
  );
}

const HOW = `The network is the local Telegram of the tests, over HTTP, in a process of its own for each contender; it has one limit for
the whole bot and none for a chat. The bucket holds one second's messages, is full at first and refilled evenly; the window
refuses whatever would be one too many within any 1,000 ms. Both say \`retry_after: 1\`. A broadcast goes to everybody at once, and
every 200 ms one of ten other people is answered through the same pacer; a reply counts from the moment it was due to the
network's answer. "Before" is the same without a broadcast.

"Whole run" is everything that arrived ÷ the time from the first message of the broadcast to its last ÷ the rate. As many
messages have one pause less, and a bucket gives away what it holds at first, it can be above 1 in a short run. "Sustained" is the
mean over the run: so many messages as a second may have ÷ the time in which they arrived. On a window it cannot be above 1. The
goal is held against the lower of the two.

An Tâm is the product's delivery and Telegram adapter with an outbox in memory. The others are grammY's client with
\`@grammyjs/auto-retry\`, so that nothing is lost, behind the limiter that the table names, set to the same rate. At 30/s
both kinds of network run side by side, and so do the three limiters; at 1,000/s all run one after the other, An Tâm twice: shown
are the mean, the most refusals and the p95 of all replies.`;
