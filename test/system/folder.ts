import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder outside the project. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "an-tam-"));
}

export function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Uses a fresh folder and removes it afterwards, whatever came of it. */
export async function inFolder<T>(use: (path: string) => Promise<T>): Promise<T> {
  const path = await makeFolder();
  try {
    return await use(path);
  } finally {
    await removeFolder(path);
  }
}

/** Every byte of every file below a folder, by path; empty when there is no such folder. */
export async function bytesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
}
