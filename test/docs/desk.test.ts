import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { Broadcast } from "../../src/broadcast/broadcast.ts";
import { flattenTexts } from "../../src/content/texts.ts";
import { readYaml } from "../../src/content/yaml.ts";
import { createAuditLog } from "../../src/stores/audit-log.ts";
import { SKIPS } from "../../src/stores/ledger-store.ts";
import { DOCUMENTS } from "../../src/stores/team-store.ts";
import { allPages, fences, ROOT, readRoot } from "./documents.ts";

const run = promisify(execFile);
const GUIDES = [
  { path: "docs/desk.vi.md", lang: "vi" },
  { path: "docs/desk.md", lang: "en" },
] as const;
const OPERATING = readRoot("docs/operating.md");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "an-tam-desk-pages-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every text of the desk, by its key. */
function textsOf(lang: string): ReadonlyMap<string, string> {
  const files = readdirSync(join(ROOT, "locales", lang)).filter((name) => /^desk(?:-[a-z]+)?\.yaml$/.test(name));
  const all = files.flatMap((name) => {
    const file = `locales/${lang}/${name}`;
    return [...flattenTexts(name.replace(".yaml", ""), readYaml(file, readRoot(file))).texts];
  });
  return new Map(all.map(([key, { text }]) => [key, text.trim()]));
}

describe.each(GUIDES)("$path", ({ path, lang }) => {
  const page = readRoot(path);
  const texts = textsOf(lang);
  const bold = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = ""]) => words.replace(/\s+/g, " "));

  test("what stands in bold are words of the pages", () => {
    const known = new Set(texts.values());
    expect(bold.length).toBeGreaterThan(40);
    expect(bold.filter((words) => !known.has(words))).toEqual([]);
  });

  test("explains every standing, every reason for a skip and every reason of a failure", () => {
    const wanted = [...texts].filter(([key]) => /^desk-broadcasts\.(?:standing|skip|fail)\.[\w-]+$/.test(key));
    expect(wanted.length).toBeGreaterThan(SKIPS.length);
    expect(wanted.map(([, text]) => text).filter((text) => !bold.includes(text))).toEqual([]);
  });
});

test("the commands of the desk that pages name exist", async () => {
  const env = { ...process.env, DATA_DIR: folder };
  const { stdout } = await run(process.execPath, [join(ROOT, "an-tam.mjs"), "desk", "--json"], { env });
  const known = z
    .array(z.object({ name: z.string() }))
    .parse(JSON.parse(stdout))
    .map(({ name }) => name);
  const named = allPages().flatMap(({ text }) =>
    [...text.matchAll(/npm run (?:-s )?desk -- ([a-z]+(?: [a-z][a-z-]*)?)/g)].map(([, name = ""]) => name),
  );
  expect(named.length).toBeGreaterThan(10);
  const kept = [...known, "media keep"];
  expect(named.filter((name) => !kept.includes(name) && !kept.includes(name.split(" ")[0] ?? ""))).toEqual([]);
}, 60_000);

test("the draft that docs/operating.md shows is one that the desk takes", () => {
  const [, example = ""] = fences(OPERATING, "yaml");
  const written = Broadcast.pick({ title: true, content: true, segment: true, schedule: true });
  expect(z.strictObject(written.shape).safeParse(parse(example)).error).toBeUndefined();
});

test("every document of the team has its line in the table of the data folder", () => {
  const files = Object.keys(DOCUMENTS).map((name) => `${name}.json`);
  const others = ["audit.jsonl", "media/", "address.json"];
  const [, table = ""] = OPERATING.split("## Thư mục dữ liệu");
  const [rows = ""] = table.split("\n## ");
  expect([...files, ...others].filter((file) => !rows.includes(`\`${file}\``))).toEqual([]);
});

test("the command that docs/operating.md gives for the audit trail finds a line that was changed", async () => {
  const script = /node -e '\n([\s\S]*?)\n' data\/audit\.jsonl/.exec(OPERATING)?.[1] ?? "";
  const path = join(folder, "audit.jsonl");
  const log = createAuditLog(path, Date.now);
  const entry = { who: "lan", name: "Lan", via: "web", action: "plan.tick", subject: "2026/launch" } as const;
  for (const subject of ["first", "second", "third"]) await log.note({ ...entry, subject });
  expect((await run(process.execPath, ["-e", script, path])).stdout).toMatch(/^3 lines in order/);
  await writeFile(path, (await readFile(path, "utf8")).replace("second", "changed"));
  await expect(run(process.execPath, ["-e", script, path])).rejects.toMatchObject({
    stdout: "line 3 does not follow\n",
  });
});
