import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../src/commands/app.ts";
import { openBenchApp } from "./app.ts";
import { measureAll } from "./measure.ts";
import { pageOf } from "./page.ts";
import { reportOf } from "./report.ts";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
});

const results = await measureAll(await openBenchApp(), {
  quick: values.quick,
  say: (what) => void process.stderr.write(`measuring ${what} …\n`),
});
const report = reportOf(results);
process.stdout.write(`${report}\n`);
if (values.write) await writeFile(join(ROOT, "docs", "bench.md"), pageOf(report));
