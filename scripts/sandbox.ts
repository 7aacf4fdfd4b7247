import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Rig, startRig } from "../test/support/networks/rig.ts";
import { openSandbox, type Sandbox } from "../test/support/sandbox/sandbox.ts";
import { readTexts } from "../test/support/sandbox/texts.ts";

// The real bot on three local networks, and a page with their phones: for authors to see each channel.
const DEFAULT_PORT = 8090;
const { vi } = await readTexts();

const say = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
  (vi[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));

interface Wishes {
  readonly port: number;
  /** Absent: a temporary folder that is removed at the end. */
  readonly data: string | undefined;
  readonly oaButtons: boolean;
  readonly help: boolean;
}

/** Throws `Error` for what nobody offers. */
function readWishes(): Wishes {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      data: { type: "string" },
      "oa-buttons": { type: "string", default: "on" },
      help: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(say("cli_bad_port"));
  return { port, data: values.data, oaButtons: values["oa-buttons"] === "on", help: values.help };
}

async function run(): Promise<void> {
  const { port, data, oaButtons, help } = readWishes();
  if (help) return void process.stdout.write(`${say("cli_help")}\n`);
  const dataDir = data === undefined ? await mkdtemp(join(tmpdir(), "an-tam-")) : resolve(data);
  try {
    await serve(dataDir, port, oaButtons);
  } finally {
    if (data === undefined) await rm(dataDir, { recursive: true, force: true });
  }
}

async function serve(dataDir: string, port: number, oaButtons: boolean): Promise<void> {
  const ended = untilEnd();
  const rig = await startRig({
    dataDir,
    env: { ZALO_OA_BUTTONS: oaButtons ? "on" : "off" },
    zaloOa: { buttons: oaButtons ? "accepted" : "refused" },
  });
  try {
    const sandbox = await openAt(rig, port);
    process.stdout.write(`${say("cli_open", { address: sandbox.address })}\n`);
    await ended;
    await sandbox.close();
  } finally {
    await rig.stop();
  }
}

async function openAt(rig: Rig, port: number): Promise<Sandbox> {
  try {
    return await openSandbox(rig, port);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new Error(say("cli_port_taken", { port, other: port + 1 }), { cause: error });
  }
}

function untilEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
}

await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
// Networks whose start failed half way would keep the process alive.
process.exit();
