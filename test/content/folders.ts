import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const FIXTURES = join(import.meta.dirname, "../fixtures");

/** A copy of the sound folder that a test may change; gone when the test is over. */
export async function copyOfGood(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-content-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(join(FIXTURES, "good"), folder, { recursive: true });
  return folder;
}
