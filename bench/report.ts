import { fastest, goalsOf } from "./goals.ts";
import { CITIZENS, IN_FLIGHT, type Results, SLOWER_FLUSH_MS } from "./measure.ts";
import { type Measured, ratio } from "./rounds.ts";
import { count, micro, table } from "./table.ts";
import { CONNECTIONS, EVEN } from "./webhook/measure.ts";
import { busyTable, evenTable } from "./webhook/report.ts";

/** All tables, as Markdown. */
export function reportOf(results: Results): string {
  const command = `\`npm run bench${results.quick ? " -- --quick" : ""}\``;
  const section = (title: string, body: string) => `## ${title}\n\n${command}\n\n${body}`;
  return [
    machineLine(results, command),
    section("Goals", table(["measured", "goal", "found", ""], goalsOf(results).map(goalRow))),
    section("In memory", memoryTable(results)),
    ...IN_FLIGHT.map((count) => section(`On disk, ${count} in flight`, durableTable(results, count))),
    ...[1, 64].map((count) => section(`On a slower disk, ${count} in flight`, slowerTable(results, count))),
    section("On disk with many citizens", sizesTable(results)),
    section("Room on disk", growthTable(results)),
    section("From process start to first reply", coldTable(results)),
    section("The safety screen", screenTable(results)),
    section(`By webhook, ${CONNECTIONS} connections`, busyTable(results.webhooks)),
    section(
      `By webhook, ${EVEN.perSecond} updates a second from ${EVEN.citizens} citizens`,
      evenTable(results.webhooks),
    ),
  ].join("\n\n");
}

function machineLine({ machine, flushAfter, seconds }: Results, command: string): string {
  const { cores, processor, memoryGiB, system, node, flush, load } = machine;
  const flushes = `p50 ${flush.p50.toFixed(2)} ms, p99 ${flush.p99.toFixed(2)} ms`;
  return [
    `${cores} cores (${processor}), ${memoryGiB} GiB, ${system}, Node ${node}, load ${load.toFixed(1)} before the start.`,
    `One disk flush of 4 KiB written in place: ${flushes}; after the measurements p50 ${flushAfter.p50.toFixed(2)} ms.`,
    `Measured in ${Math.round(seconds)} s by ${command}.`,
  ].join("\n");
}

function goalRow({ what, wanted, found, met }: ReturnType<typeof goalsOf>[number]): string[] {
  return [what, wanted, found, met ? "met" : "**missed**"];
}

const MEASURED = ["", "turns/s", "p50 µs", "p99 µs", "÷ fastest peer"];

function row(one: Measured, name: string, peer: Measured): string[] {
  const { turnsPerSecond, p50, p99 } = one;
  return [name, count(turnsPerSecond), micro(p50), micro(p99), one === peer ? "1" : ratio(one, peer).toFixed(2)];
}

function memoryTable({ memory }: Results): string {
  const peer = fastest(memory);
  return table(
    MEASURED,
    memory.map((one) => row(one, one.inFlight === 1 ? one.name : `${one.name}, ${one.inFlight} in flight`, peer)),
  );
}

function durableTable({ durable }: Results, inFlight: number): string {
  return peersTable(durable, inFlight);
}

function slowerTable({ slower }: Results, inFlight: number): string {
  return `The same, every flush ${SLOWER_FLUSH_MS} ms longer.\n\n${peersTable(slower, inFlight)}`;
}

function peersTable(all: readonly Measured[], inFlight: number): string {
  const measured = all.filter((one) => one.inFlight === inFlight);
  const peer = fastest(measured);
  return table(
    MEASURED,
    measured.map((one) => row(one, one.name, peer)),
  );
}

function sizesTable({ sizes }: Results): string {
  const rows = IN_FLIGHT.flatMap((inFlight) => {
    const measured = sizes.filter((one) => one.inFlight === inFlight);
    const [smallest] = measured;
    return measured.map((one) => {
      const cost = smallest === undefined ? Number.NaN : ratio(smallest, one);
      const { citizens, turnsPerSecond, p50, p99 } = one;
      return [count(citizens), String(inFlight), count(turnsPerSecond), micro(p50), micro(p99), cost.toFixed(2)];
    });
  });
  return table(["citizens", "in flight", "turns/s", "p50 µs", "p99 µs", "cost of a turn ÷ at 1,000"], rows);
}

function growthTable({ growth, growthOfConversations }: Results): string {
  const held = growthOfConversations.bytesPerCitizen;
  return table(
    ["citizens", "bytes per citizen", "state"],
    [
      ...growth.map(({ citizens, bytesPerCitizen }) => [count(citizens), count(bytesPerCitizen), "after one turn"]),
      [count(CITIZENS), count(held), "after twelve more turns, with the ids of all their inputs (kept 48 hours)"],
    ],
  );
}

function coldTable({ coldStart }: Results): string {
  return table(
    ["start", "command", "median ms", "fastest", "slowest", "runs"],
    coldStart.map(({ name, command, runs, median }) => [
      name,
      `\`${command}\``,
      median.toFixed(0),
      Math.min(...runs).toFixed(0),
      Math.max(...runs).toFixed(0),
      String(runs.length),
    ]),
  );
}

function screenTable({ safetyScreen }: Results): string {
  return table(
    ["texts", "per second on one core", "p50 µs", "p99 µs", "slowest µs"],
    safetyScreen.map(({ texts, perSecond, p50, p99, most }) => [
      texts,
      count(perSecond),
      micro(p50),
      micro(p99),
      micro(most),
    ]),
  );
}
