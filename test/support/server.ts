import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** The command line that people start. */
const ENTRY = join(import.meta.dirname, "..", "..", "an-tam.mjs");
const START_MS = 60_000;

export interface ServerOptions {
  readonly dataDir: string;
  /** 0 or absent takes any free port. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a server said beside where it serves, and how the first administrator of its desk gets in. */
export function complaintsIn(output: string): readonly string[] {
  const expected = /^An Tâm đang chạy tại |^Bàn làm việc chưa có người quản trị|^https?:\S+\/desk\/accept\/\S+$/;
  return output.split("\n").filter((line) => line.trim() !== "" && !expected.test(line));
}

/** A process that was started and may not serve yet. */
export interface LaunchedServer {
  /** The address it printed. Rejects with everything it said when it ends before, or says nothing for a minute. */
  readonly ready: Promise<string>;
  /** Exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** SIGKILL: the process gets no chance to write or close anything. Resolves when it is gone. */
  kill9(): Promise<void>;
  /** SIGTERM. Resolves with the exit status. */
  stop(): Promise<number | null>;
  /** All of stdout and stderr so far. */
  output(): string;
}

export interface RunningServer extends LaunchedServer {
  readonly address: string;
  readonly port: number;
}

/** The real `an-tam start` in a process of its own; ends with this process at the latest. */
export function launchServer({ dataDir, port = 0, env = {} }: ServerOptions): LaunchedServer {
  const child = spawn(process.execPath, [ENTRY, "start"], {
    cwd: tmpdir(),
    env: { ...bareEnv(), DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  endWithUs(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (said += part));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = addressOf(child, ended, () => said);
  ready.catch(() => undefined);
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    ready,
    ended,
    kill9: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    output: () => said,
  };
}

/** The same, once it serves. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const launched = launchServer(options);
  const address = await launched.ready;
  return { ...launched, address, port: Number(new URL(address).port) };
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `an-tam <args>` to its end, `input` on its stdin. */
export async function runCommand(
  args: readonly string[],
  { input = "", env = {} }: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd: tmpdir(), env: { ...bareEnv(), ...env } });
  endWithUs(child);
  child.stdin.on("error", () => undefined).end(input);
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

const live = new Set<ChildProcess>();

function endWithUs(child: ChildProcess): void {
  if (live.size === 0) process.once("exit", killAll);
  live.add(child);
  child.once("close", () => {
    live.delete(child);
    if (live.size === 0) process.off("exit", killAll);
  });
}

function killAll(): void {
  for (const child of live) child.kill("SIGKILL");
}

/** What any program needs, and none of the settings of whoever runs the tests. */
function bareEnv(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "TMPDIR", "SystemRoot", "TEMP"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function addressOf(child: ChildProcess, ended: Promise<number | null>, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the server ${why}; it said:\n${output()}`));
    const late = setTimeout(() => fail("did not start in time"), START_MS).unref();
    child.stdout?.on("data", () => {
      const address = /http:\/\/[\d.]+:\d+/.exec(output())?.[0];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
    void ended.then((code) => {
      clearTimeout(late);
      fail(`ended with ${code ?? "a signal"}`);
    });
  });
}
