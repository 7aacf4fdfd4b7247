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

/** Every byte of every file below a folder, by path; empty when there is no such folder. A file that goes meanwhile is left out. */
export async function bytesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(files.map(async (file) => [file, await readIfThere(file)] as const));
  return new Map(read.flatMap(([file, bytes]) => (bytes === null ? [] : [[file, bytes] as const])));
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
