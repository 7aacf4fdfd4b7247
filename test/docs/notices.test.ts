import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, readRoot } from "./documents.ts";

/** Where notices are reported from. */
const PLACES = [
  "src/channels/telegram",
  "src/channels/zalo-bot",
  "src/channels/zalo-oa",
  "src/delivery",
  "src/commands",
];
const NAME = '"([a-z]+(?:-[a-z]+)+)"';
/** The ways in which a notice is named there. */
const NAMED = [
  new RegExp(`\\bcode: (?:code \\?\\? )?${NAME}`, "g"),
  new RegExp(`\\bnotice: ${NAME}`, "g"),
  new RegExp(`\\b(?:tell|complain)\\(${NAME}`, "g"),
  new RegExp(`\\brefuse\\(alert, ${NAME}`, "g"),
  new RegExp(`\\bconst code = failure [^;]*? [?:] ${NAME}`, "g"),
];
/** Names of notices by what failed, one below the other. */
const REFUSALS = /\bconst REFUSALS[^{]*\{([^}]*)\}/g;

function sources(): readonly string[] {
  return PLACES.flatMap((place) =>
    readdirSync(join(ROOT, place), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")),
  );
}

function reported(): ReadonlySet<string> {
  const texts = sources();
  const listed = texts.flatMap((text) => [...text.matchAll(REFUSALS)].map(([, body = ""]) => body));
  return new Set([
    ...texts.flatMap((text) => NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = ""]) => code))),
    ...listed.flatMap((body) => [...body.matchAll(new RegExp(`: ${NAME}`, "g"))].map(([, code = ""]) => code)),
  ]);
}

/** The table of alerts: code, meaning, what to do. */
function explained(page: string, heading: string): readonly string[] {
  const [, section = ""] = readRoot(page).split(`## ${heading}\n`);
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code = ""]) => code);
}

describe.each([
  ["docs/networks.vi.md", "Các báo động"],
  ["docs/networks.md", "The alerts"],
])("%s", (page, heading) => {
  test("explains every notice once, and no other", () => {
    expect([...explained(page, heading)].sort()).toEqual([...reported()].sort());
  });
});

test("the notices are found", () => {
  expect(reported().size).toBeGreaterThan(25);
});

test("both pages explain the same in the same order", () => {
  expect(explained("docs/networks.md", "The alerts")).toEqual(explained("docs/networks.vi.md", "Các báo động"));
});
