import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ROOT, readRoot } from "./documents.ts";
import { follow, type Recipe, recipesOf } from "./recipe.ts";

const RECIPES = recipesOf(readRoot("docs/authoring.vi.md"));
const isDialogue = ({ file }: Recipe) => file.endsWith(".test.yaml");

const Report = z.object({ findings: z.array(z.object({ code: z.string(), file: z.string(), message: z.string() })) });

/** What the author's own command, `npm run check -- <folder>`, says about a folder. */
function check(folder: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const args = [join(ROOT, "an-tam.mjs"), "check", folder, "--json"];
    execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => {
      if (stdout === "") reject(new Error(stderr));
      else resolve(Report.parse(JSON.parse(stdout)).findings.map((one) => `${one.file} ${one.code} ${one.message}`));
    });
  });
}

const made: string[] = [];

async function copyContent(recipes: readonly Recipe[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-authoring-"));
  made.push(folder);
  for (const name of ["flows", "locales", "content"]) {
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  }
  for (const recipe of recipes) {
    const path = join(folder, recipe.file);
    await writeFile(path, follow(recipe, await readFile(path, "utf8").catch(() => undefined)));
  }
  return folder;
}

afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

describe("the authoring guide", () => {
  let before: ReadonlySet<string>;
  beforeAll(async () => {
    before = new Set(await check(await copyContent([])));
  });

  test("adds a tip, a quiz and a flow step in both languages, each with a dialogue", () => {
    const files = RECIPES.map(({ file }) => file);
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^content\/tips\//)]));
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^content\/quizzes\//)]));
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^flows\/[a-z]+\.yaml$/)]));
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^locales\/vi\//)]));
    expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^locales\/en\//)]));
    expect(RECIPES.filter(isDialogue)).toHaveLength(3);
  });

  test("followed word by word, it leads to no finding, and its dialogues show what was added", async () => {
    const after = await check(await copyContent(RECIPES));
    expect(after.filter((finding) => !before.has(finding))).toEqual([]);
  });

  test("its dialogues fail, each of them, where nothing was added", async () => {
    const after = await check(await copyContent(RECIPES.filter(isDialogue)));
    const failed = after.filter((finding) => !before.has(finding) && finding.includes(" transcript-failed "));
    const files = new Set(failed.map((finding) => finding.split(" ")[0]));
    expect([...files].sort()).toEqual(
      RECIPES.filter(isDialogue)
        .map(({ file }) => file)
        .sort(),
    );
  });
});
