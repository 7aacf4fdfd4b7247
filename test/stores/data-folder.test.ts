import { chmod, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { openDataFolder } from "../../src/stores/data-folder.ts";
import { startChild } from "./child.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function newFolder(): Promise<string> {
  return join(await temporaryFolder(), "some", "data");
}

async function firstLine(lines: AsyncIterableIterator<string>): Promise<string> {
  const next = await lines.next();
  return next.done === true ? "" : next.value;
}

test("is made for its owner only, and can be opened again once closed", async () => {
  const path = await newFolder();
  const folder = await openDataFolder(path);
  expect(folder.path).toBe(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  await folder.close();
  await folder.close();
  await (await openDataFolder(path)).close();
});

test("a folder that others could look into is closed to them", async () => {
  const path = await newFolder();
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
  const folder = await openDataFolder(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  await folder.close();
});

test("cannot be opened twice by one process", async () => {
  const path = await newFolder();
  const folder = await openDataFolder(path);
  await expect(openDataFolder(path)).rejects.toMatchObject({ code: "data_folder_in_use" });
  await folder.close();
  await (await openDataFolder(path)).close();
});

test("a second process is refused, told which folder and what to do", async () => {
  const path = await newFolder();
  const folder = await openDataFolder(path);
  const told = await firstLine(startChild("claim-folder.ts", path).lines);
  expect(told).toMatch(/^data_folder_in_use /);
  expect(told).toContain(path);
  expect(told).toContain("Stop that one first");
  await folder.close();
});

test("can be opened at once after the process that had it was killed", async () => {
  const path = await newFolder();
  for (let round = 0; round < 2; round++) {
    const child = startChild("claim-folder.ts", path);
    expect(await firstLine(child.lines)).toBe("claimed");
    await expect(openDataFolder(path)).rejects.toMatchObject({ code: "data_folder_in_use" });
    await child.kill();
    await (await openDataFolder(path)).close();
  }
});

test("a path that cannot be a folder is a StoreError that names it", async () => {
  const path = join(await temporaryFolder(), "a-file");
  await writeFile(path, "");
  const error = await openDataFolder(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreError);
  expect(String(error)).toContain(path);
});
