import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCommand } from "../support/server.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "an-tam-setup-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const SETUP = `
profile:
  name: { vi: UBND phường Mẫu, en: People's Committee of Mau ward }
  place: "22"
  hours: { vi: "8:00–17:00", en: "8:00–17:00" }
campaigns:
  "2026":
    theme: { vi: Chủ đề thử, en: A theme on trial, en_by: ours, document: Công văn thử, source: Trang 1 công văn thử }
    slogans: [{ vi: Thông điệp thử, en: A message on trial, source: Phụ lục thử }]
`;

test("an operator and the theme of the year, set from a file, are what people see", async () => {
  const file = join(folder, "setup.yaml");
  await writeFile(file, SETUP);
  const env = { DATA_DIR: join(folder, "data") };
  const set = await runCommand(["setup", "--file", file], { env });
  expect(set).toMatchObject({ code: 0 });
  const talk = await runCommand(["chat", "--json", "--date", "2026-11-20"], {
    env,
    input: "chào\nmenu\ntháng hành động năm nay\n",
  });
  expect(talk.stdout).toContain("UBND phường Mẫu");
  expect(talk.stdout).toContain("Chủ đề thử");
});

test("people who have not said where they are see the campaign of the operator's place", async () => {
  const file = join(folder, "setup.yaml");
  await writeFile(file, SETUP.replace('"22"', '"31"'));
  const env = { DATA_DIR: join(folder, "data") };
  await runCommand(["setup", "--file", file], { env });
  const talk = await runCommand(["chat", "--json", "--date", "2025-11-20"], { env, input: "menu\nkhông\n1\n" });
  expect(talk.stdout).toContain("an toàn cho phụ nữ và trẻ em gái trong kỷ nguyên số");
});

test.each([
  ["not YAML", "profile: [", "cannot be read as YAML"],
  ["a missing name", "profile: { hours: { vi: a, en: b } }", "name"],
  ["a campaign that is not open", SETUP.replace('"2026"', '"2019-long-bien"'), "no open campaign 2019-long-bien"],
])("%s is explained and changes nothing", async (_, text, message) => {
  const file = join(folder, "setup.yaml");
  await writeFile(file, text);
  const env = { DATA_DIR: join(folder, "data") };
  const set = await runCommand(["setup", "--file", file], { env });
  expect(set).toMatchObject({ code: 2 });
  expect(set.stderr).toContain(message);
  await expect(readFile(join(folder, "data", "profile.json"))).rejects.toThrow("ENOENT");
});

test("without a terminal and without a file it says what to do", async () => {
  const set = await runCommand(["setup"], { env: { DATA_DIR: join(folder, "data") } });
  expect(set).toMatchObject({ code: 2 });
  expect(set.stderr).toContain("npm run setup -- --file");
});
