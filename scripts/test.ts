import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** What the output must hold beside an exit status of 0: a tool that looked at nothing has not passed. */
  readonly mustSay?: RegExp;
}

/** Everything but the tests themselves; each counts as one. */
const STEPS: readonly Step[] = [
  { name: "format and lint", command: ["biome", "ci", "."], mustSay: /Checked [1-9]\d+ files/ },
  { name: "types", command: ["tsc", "-p", "."] },
  { name: "typed lint", command: ["eslint", "src", "test", "scripts", "learn", "--max-warnings", "0"] },
  {
    name: "import rules",
    command: ["depcruise", "src", "--config", ".dependency-cruiser.cjs"],
    mustSay: /\([1-9]\d+ modules/,
  },
  { name: "dead code", command: ["knip"] },
  { name: "flow checks", command: ["node", "an-tam.mjs", "check"], mustSay: /help word: 1 input/ },
];

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

function run(command: readonly string[]): Promise<{ status: number; output: string }> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, PATH: `${BIN}:${process.env["PATH"] ?? ""}`, NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
  child.stderr.on("data", (chunk) => chunks.push(String(chunk)));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ status: 1, output: error.message }));
    child.on("close", (status) => resolve({ status: status ?? 1, output: chunks.join("") }));
  });
}

async function runSteps(): Promise<Outcome> {
  let failed = 0;
  for (const { name, command, mustSay } of STEPS) {
    const began = Date.now();
    const { status, output } = await run(command);
    const good = status === 0 && (mustSay?.test(output) ?? true);
    if (!good) failed += 1;
    process.stdout.write(`${good ? "passed" : "FAILED"}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
    if (!good) process.stdout.write(`${output}\n`);
  }
  return { passed: STEPS.length - failed, failed };
}

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), success: z.boolean() });

async function runVitest(): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-test-"));
  const file = join(folder, "report.json");
  const { output } = await run(["vitest", "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`]);
  process.stdout.write(`${output}\n`);
  try {
    const report = Report.parse(JSON.parse(await readFile(file, "utf8")));
    const alone = report.success ? 0 : 1;
    return { passed: report.numPassedTests, failed: Math.max(report.numFailedTests, alone) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const outcomes = await Promise.all([runSteps(), runVitest()]);
const sum = (pick: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + pick(outcome), 0);
const failed = sum((outcome) => outcome.failed);
process.stdout.write(`${sum((outcome) => outcome.passed)} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
