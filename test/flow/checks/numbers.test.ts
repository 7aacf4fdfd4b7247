import { join } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "../../../src/content/files.ts";
import { parseFiles } from "../../../src/content/parse.ts";
import { checkNumbers } from "../../../src/flow/checks/numbers.ts";

const GOOD = join(import.meta.dirname, "../../fixtures/good");

async function codesFor(text: string): Promise<readonly string[]> {
  const files = new Map(await readFolder(GOOD));
  const menu = files.get("locales/vi/menu.yaml") ?? "";
  files.set("locales/vi/menu.yaml", menu.replace("Xong rồi.", JSON.stringify(text)));
  files.set("content/services/do-not-use.yaml", 'numbers: [{ digits: "0987654321", why: closed }]');
  const { bundle } = parseFiles(files);
  return bundle === null ? ["no bundle"] : checkNumbers(bundle, {}).map((finding) => finding.code);
}

test.each([
  "024 3333 5599",
  "024-3333-5599",
  "(024) 3333 5599",
  "+84 24 3333 5599",
  "0963061414",
  "1800 1567",
  "19001567",
])("%s is a phone number", async (number) => {
  expect(await codesFor(`Bạn gọi ${number} nhé.`)).toEqual(["phone-in-text"]);
});

test.each([
  "113",
  "15/11/2026",
  "2026-11-15",
  "15-12-2026",
  "giai đoạn 2021-2030",
  "phạt từ 10.000.000 đến 20.000.000 đồng",
  "Luật số 13/2022/QH15",
  "3.321 xã, 34 tỉnh",
])("%s is not", async (text) => {
  expect(await codesFor(text)).toEqual([]);
});

test.each(["0987 654 321", "+84987654321", "84 987 654 321"])("%s is known as not to be used", async (number) => {
  expect(await codesFor(`Bạn gọi ${number} nhé.`)).toEqual(["do-not-use"]);
});
