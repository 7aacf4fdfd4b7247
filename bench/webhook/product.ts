import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type App, DATABASE_FILE, ROOT } from "../../src/commands/app.ts";
import { openDataFolder } from "../../src/stores/data-folder.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { standAtMenu } from "../an-tam.ts";
import { freePort } from "../cold-start.ts";
import { BOT_TOKEN } from "../updates.ts";
import { endProcess, endWithUs } from "./child.ts";

export interface Product {
  readonly process: ChildProcess;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * `an-tam start` in a process of its own, on Telegram by webhook: the product as it is, in a folder where the measured
 * conversation lies beside its flows. So many citizens stand at the menu.
 */
export async function startProduct(app: App, apiRoot: string, citizens: number): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-bench-"));
  await layOut(folder);
  const data = join(folder, "data");
  await fill(app, data, citizens);
  const port = await freePort();
  const child = spawn(process.execPath, ["an-tam.mjs", "start"], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ DATA_DIR: data, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
      ...{ TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_ROOT: apiRoot },
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  endWithUs(child);
  await ready(child, port);
  return {
    process: child,
    port,
    async close() {
      await endProcess(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The folders that the content is read from have to be real ones; code finds its packages beside it. */
async function layOut(folder: string): Promise<void> {
  const copies = ["an-tam.mjs", "package.json", "src", "flows", "locales"];
  for (const name of copies) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of ["flows", "locales"]) {
    await cp(join(import.meta.dirname, "..", name), join(folder, name), { recursive: true });
  }
  for (const name of ["content", "public"]) await symlink(join(ROOT, name), join(folder, name));
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(join(ROOT, "node_modules"))) {
    if (!name.startsWith(".")) await symlink(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
}

async function fill(app: App, data: string, citizens: number): Promise<void> {
  const folder = await openDataFolder(data);
  const keyring = await openKeyring(folder.path);
  const store = await openSqliteStore({ file: join(folder.path, DATABASE_FILE), keyring });
  await standAtMenu(app, store, keyring, citizens);
  await store.close();
  await folder.close();
}

/** Resolves once the bot takes updates. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (response?.ok) return;
    await pause(LOOK_MS);
  }
  throw new Error("the bot ended before it was ready");
}

const LOOK_MS = 20;
