import { join } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "../../src/content/files.ts";
import { parseFiles } from "../../src/content/parse.ts";
import { FIXTURES } from "./folders.ts";

const good = () => readFolder(join(FIXTURES, "good"));

async function findingsWith(changes: Readonly<Record<string, string>>) {
  return parseFiles(new Map([...(await good()), ...Object.entries(changes)])).findings;
}

test("a folder of flows and texts alone is complete; content is empty", async () => {
  const { bundle, findings } = parseFiles(await good());
  expect(findings).toEqual([]);
  expect([...(bundle?.flows.keys() ?? [])]).toEqual(["help", "menu"]);
  expect(bundle).toMatchObject({ quizzes: [], services: [], month: null, needMap: null, doNotUse: [] });
  expect(bundle?.texts.en.get("menu.choose.help")).toBe("I need help");
  expect([...(bundle?.transcripts.keys() ?? [])]).toEqual(["menu"]);
});

test("things are found again at their line", async () => {
  const { bundle } = parseFiles(await good());
  expect(bundle?.locate("flow:menu", ["nodes", "done"])).toEqual({ file: "flows/menu.yaml", line: 15 });
  expect(bundle?.locate("text:vi:menu.done.text")).toEqual({ file: "locales/vi/menu.yaml", line: 6 });
  expect(bundle?.locate("program", ["words", "help", "vi"])).toEqual({ file: "flows/program.yaml", line: 10 });
  expect(bundle?.locate("text:en:menu.no-such")).toEqual({ file: "locales/en/menu.yaml" });
});

test("a key that a kind does not have is reported where it stands", async () => {
  const help = (await good()).get("flows/help.yaml") ?? "";
  const findings = await findingsWith({ "flows/help.yaml": help.replace("go: next }", "then: next }") });
  expect(findings.map(({ file, line, column }) => [file, line, column])).toEqual([
    ["flows/help.yaml", 7, 3],
    ["flows/help.yaml", 7, 56],
  ]);
});

test("of a choice between shapes, the one that came furthest is explained", async () => {
  const menu = (await good()).get("flows/menu.yaml") ?? "";
  const findings = await findingsWith({ "flows/menu.yaml": menu.replace('go: "@help" }', 'go: "Help!" }') });
  expect(findings).toHaveLength(1);
  expect(findings[0]?.line).toBe(10);
  expect(findings[0]?.message).toContain("choices.0.go");
});

test("aliases cannot blow a file up", async () => {
  const level = (n: number) => `l${n}: &l${n} [${Array.from({ length: 10 }, () => `*l${n - 1}`).join(", ")}]\n`;
  const bomb = `l0: &l0 [x]\n${[1, 2, 3, 4, 5, 6, 7, 8].map(level).join("")}`;
  const findings = await findingsWith({ "locales/vi/menu.yaml": bomb });
  expect(findings.map((finding) => finding.code)).toEqual(["yaml-invalid"]);
});

test("an entry with a mistake is left out and the rest is there", async () => {
  const broken = "flow: help\nversion: 1\n";
  const { bundle, findings } = parseFiles(new Map([...(await good()), ["flows/help.yaml", broken]]));
  expect([...(bundle?.flows.keys() ?? [])]).toEqual(["menu"]);
  expect(new Set(findings.map((finding) => finding.file))).toEqual(new Set(["flows/help.yaml"]));
});
