import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { createPlaces } from "../../src/directory/places.ts";
import { shippedPlaces } from "./content.ts";

const places = createPlaces(shippedPlaces());
const Line = z.object({ id: z.string(), text: z.string(), code: z.string() });
type Line = z.infer<typeof Line>;

function linesOf(file: string): Line[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => Line.parse(JSON.parse(line)));
}

function kindOf(code: string): "place" | "ambiguous" | "none" {
  return code === "ambiguous" || code === "none" ? code : "place";
}

/** The share of lines answered rightly, by what is right. */
function shares(name: string, lines: readonly Line[]) {
  const share = (kind: ReturnType<typeof kindOf>) => {
    const asked = lines.filter(({ code }) => kindOf(code) === kind);
    const right = asked.filter(({ text, code }) => {
      const answer = places.resolve(text);
      return (answer.kind === "found" ? places.provinceOf(answer.code) : answer.kind) === code;
    });
    console.info(`places, ${name}: ${kind} ${right.length} of ${asked.length}`);
    return right.length / asked.length;
  };
  return { place: share("place"), ambiguous: share("ambiguous"), none: share("none") };
}

const DEV = linesOf("localities-dev.jsonl");
const OWN = linesOf("localities-own.jsonl");

test.each([
  { name: "development set", lines: DEV, place: 0.97, ambiguous: 0.9, none: 0.9 },
  { name: "own lines", lines: OWN.filter(({ id }) => id.startsWith("LO")), place: 0.98, ambiguous: 0.97, none: 0.96 },
  /** Written with the others before the rules and not tuned on, but for one line that was seen by chance (LH009). */
  {
    name: "own lines kept apart",
    lines: OWN.filter(({ id }) => id.startsWith("LH")),
    place: 0.94,
    ambiguous: 0.9,
    none: 0.9,
  },
])("is right about the $name", ({ name, lines, ...least }) => {
  const found = shares(name, lines);
  expect(found.place).toBeGreaterThanOrEqual(least.place);
  expect(found.ambiguous).toBeGreaterThanOrEqual(least.ambiguous);
  expect(found.none).toBeGreaterThanOrEqual(least.none);
});
