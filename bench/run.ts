import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../src/commands/app.ts";
import { openBenchApp } from "./app.ts";
import { describeMachine } from "./machine.ts";
import { measureAll } from "./measure.ts";
import { measurePace } from "./pace/measure.ts";
import { paceReport } from "./pace/report.ts";
import { type Page, readPage, textOf } from "./page.ts";
import { reportOf } from "./report.ts";

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
  allowPositionals: true,
});
const options = { quick: values.quick, say: (what: string) => void process.stderr.write(`measuring ${what} …\n`) };
const FILE = join(ROOT, "docs", "bench.md");

/** `pace`: how broadcasts keep to a rate, which takes minutes by the clock; without, everything else. */
const [part] = positionals;
if (part !== undefined && part !== "pace") throw new Error(`there is no part "${part}" of the measurements`);
const measured: Partial<Page> = part === "pace" ? { pace: await pace() } : { report: await everythingElse() };
process.stdout.write(`${measured.report ?? measured.pace}\n`);
if (values.write) await writeFile(FILE, textOf({ ...(await readPage(FILE)), ...measured }));

async function pace(): Promise<string> {
  const machine = await describeMachine();
  return paceReport(await measurePace(options), machine);
}

async function everythingElse(): Promise<string> {
  return reportOf(await measureAll(await openBenchApp(), options));
}
