import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT } from "../src/commands/app.ts";
import { median } from "./statistics.ts";

export interface ColdStart {
  readonly name: string;
  readonly command: string;
  /** Milliseconds from the start of the process to its first reply, one per run. */
  readonly runs: readonly number[];
  readonly median: number;
}

/** Starts the product again and again as a person would, and waits for its first reply. */
export async function measureColdStart(runs: number): Promise<readonly ColdStart[]> {
  const caches = await mkdtemp(join(tmpdir(), "an-tam-bench-"));
  const data = await mkdtemp(join(tmpdir(), "an-tam-bench-"));
  const started: { name: string; command: string; run: () => Promise<number> }[] = [
    { name: "terminal", command: "node an-tam.mjs chat --json", run: () => chat(caches, data) },
    { name: "web", command: "node an-tam.mjs start", run: () => web(caches, data) },
  ];
  const results: ColdStart[] = [];
  try {
    for (const { name, command, run } of started) {
      const first = await repeat(Math.max(1, Math.floor(runs / 3)), async () => {
        await Promise.all([emptyFolder(caches), emptyFolder(data), emptyFolder(SNAPSHOTS)]);
        return run();
      });
      results.push({ name: `${name}, very first start (no caches, no data)`, command, ...first });
      results.push({ name: `${name}, every later start`, command, ...(await repeat(runs, run)) });
    }
  } finally {
    await Promise.all([caches, data].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  return results;
}

/** Where the product keeps its parsed content; it makes the folder again. */
const SNAPSHOTS = join(ROOT, "node_modules", ".cache", "an-tam");

async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function repeat(times: number, run: () => Promise<number>) {
  const runs: number[] = [];
  for (let i = 0; i < times; i++) runs.push(await run());
  return { runs, median: median(runs) };
}

function launch(args: readonly string[], caches: string, data: string, port = 0): ChildProcess {
  return spawn(process.execPath, ["an-tam.mjs", ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_COMPILE_CACHE: caches, DATA_DIR: data, PORT: String(port), LOG_LEVEL: "silent" },
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/** One typed line; over with the first line of output. */
async function chat(caches: string, data: string): Promise<number> {
  const start = performance.now();
  const child = launch(["chat", "--json"], caches, data);
  child.stdin?.end("xin chào\n");
  await once(child.stdout ?? child, "data");
  const elapsed = performance.now() - start;
  await once(child, "close");
  return elapsed;
}

/** The first message of a stranger over HTTP, tried again every 2 ms until the server listens. */
async function web(caches: string, data: string): Promise<number> {
  const port = await freePort();
  const start = performance.now();
  const child = launch(["start"], caches, data, port);
  while (!(await firstReply(port))) await pause(2);
  const elapsed = performance.now() - start;
  child.kill("SIGTERM");
  await once(child, "close");
  return elapsed;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

const BODY = JSON.stringify({
  id: "11111111-1111-4111-8111-111111111111",
  lang: "vi",
  input: { kind: "start" },
  after: 0,
});
const HEADERS = { "content-type": "application/json", authorization: `Bearer ${"A".repeat(22)}` };

/** False while nobody listens. Throws for any answer but a reply. */
function firstReply(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/api/chat", method: "POST", headers: HEADERS };
    const asking = request(options, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200
          ? resolve(true)
          : reject(new Error(`POST /api/chat answered ${response.statusCode}`)),
      );
    });
    asking.once("error", () => resolve(false));
    asking.end(BODY);
  });
}
