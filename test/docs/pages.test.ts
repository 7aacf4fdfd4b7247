import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig } from "../../src/config.ts";
import { Profile } from "../../src/stores/team-store.ts";
import { allPages, fences, ROOT, readRoot } from "./documents.ts";

const PAGES = allPages();
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readRoot("package.json")));

describe.each(PAGES)("$path", ({ path, text }) => {
  test("names only npm scripts that exist", () => {
    const named = [...text.matchAll(/npm run (?:-\S+ )*([a-z][a-z:-]*)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("links to files that exist", () => {
    const written = text.matchAll(/\]\(([^)\s]+)\)|<(?:img|a) [^>]*?(?:src|href)="([^"]+)"/g);
    const links = [...written].map(([, link, inMarkup = ""]) => (link ?? inMarkup).split("#")[0] ?? "");
    const inside = links.filter((link) => link !== "" && !/^[a-z]+:/.test(link));
    expect(inside.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });

  test("carries no path of a developer's machine and no registry host", () => {
    expect(text).not.toMatch(/(?<![\w.])\/(?:work|root|home|Users|tmp)\//);
    expect(text).not.toMatch(/\bregistry\.|npmjs|yarnpkg/i);
  });

  test("is composed Unicode without trailing blanks", () => {
    expect(text).toBe(text.normalize("NFC"));
    expect(text).not.toMatch(/[ \t]+$/m);
  });
});

test("the answers for setup that docs/operating.md shows are accepted", () => {
  const [example = ""] = fences(readRoot("docs/operating.md"), "yaml");
  expect(z.strictObject({ profile: Profile }).safeParse(parse(example)).success).toBe(true);
});

test("the pages a stranger looks for are there", () => {
  const paths = PAGES.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]));
});

describe(".env.example", () => {
  const settings = [...readFileSync(join(ROOT, "src/config.ts"), "utf8").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)]
    .map(([, name = ""]) => name)
    .sort();
  const TOKENS = {
    TELEGRAM_BOT_TOKEN: `1234567890:${"A".repeat(35)}`,
    ZALO_BOT_TOKEN: "1234567890:abc-xyz",
    ZALO_OA_APP_ID: "3600000000000000001",
    ZALO_OA_APP_SECRET: "secret-of-the-app",
    ZALO_OA_SECRET_KEY: "secret-of-the-account",
  };
  const example = parseEnv(readRoot(".env.example"));

  test("names exactly the settings of src/config.ts", () => {
    expect(Object.keys(example).sort()).toEqual(settings);
  });

  test("shows the defaults, and every network is off", () => {
    expect(readConfig({ ...example, EXIT_URL: "" })).toEqual(readConfig({}));
    const { telegram, zaloBot, zaloOa } = readConfig({ ...example, ...TOKENS });
    const { telegram: t, zaloBot: b, zaloOa: o } = readConfig(TOKENS);
    expect({ telegram, zaloBot, zaloOa }).toEqual({ telegram: t, zaloBot: b, zaloOa: o });
  });

  test("every setting is explained in docs/operating.md", () => {
    const operating = readRoot("docs/operating.md");
    expect(settings.filter((name) => !operating.includes(`| \`${name}\``))).toEqual([]);
  });
});
