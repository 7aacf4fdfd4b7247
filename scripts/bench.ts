import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** `npm run bench [-- --quick] [-- --write]`: installs the libraries to compare with when missing, then measures. */
const BENCH = join(import.meta.dirname, "..", "bench");

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(BENCH, "node_modules"))) run("npm", ["ci", "--prefix", BENCH]);
run(process.execPath, ["--no-warnings", join(BENCH, "run.ts"), ...process.argv.slice(2)]);
