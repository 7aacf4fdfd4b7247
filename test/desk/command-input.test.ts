import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { typedWords } from "../../src/commands/desk-words.ts";
import { inputOf } from "../../src/desk/command/input.ts";
import { DeskProblem } from "../../src/desk/problem.ts";

const PLACES = {
  provinceOf: () => undefined,
  name: () => undefined,
  resolve: (text: string) => ({ "Hà Giang": "08", "Tuyên Quang": "08", "Hải Phòng": "31" })[text],
  candidates: () => [],
};

const Schema = z.strictObject({
  id: z.string().optional(),
  campaign: z.string(),
  title: z.strictObject({ vi: z.string(), en: z.string() }).optional(),
  roles: z.array(z.enum(["author", "admin"])).optional(),
  numbers: z.array(z.int()).optional(),
  secondFactor: z.boolean().optional(),
  most: z.int().optional(),
  place: z.string().optional(),
  segment: z
    .strictObject({ topics: z.array(z.string()), places: z.array(z.string()) })
    .partial()
    .optional(),
  content: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("tip"), topic: z.string().optional() }),
      z.strictObject({ kind: z.literal("message"), ways: z.array(z.unknown()), text: z.string() }),
    ])
    .optional(),
});

function read(...argv: string[]): unknown {
  return inputOf(Schema, { input: {}, ...typedWords(argv, []) }, PLACES);
}

test.each([
  [["tin-1"], { id: "tin-1" }],
  [["tin-1", "2026-vn"], { id: "tin-1", campaign: "2026-vn" }],
  [["--title.vi", "Chào bạn", "--title.en", "Hello"], { title: { vi: "Chào bạn", en: "Hello" } }],
  [["--roles", "author, admin"], { roles: ["author", "admin"] }],
  [["--roles="], { roles: [] }],
  [["--numbers", "1,2"], { numbers: [1, 2] }],
  [["--second-factor"], { secondFactor: true }],
  [["--secondFactor", "không", "--most=5"], { secondFactor: false, most: 5 }],
  [["--most", "nhiều"], { most: "nhiều" }],
  [["--place", "Hà Giang"], { place: "08" }],
  [
    ["--place", "08", "--segment.topics", "tips,campaign", "--segment.places=Hà Giang, Tuyên Quang,31"],
    { place: "08", segment: { topics: ["tips", "campaign"], places: ["08", "31"] } },
  ],
  [["--segment.places="], { segment: { places: [] } }],
  [["--place="], { place: "" }],
  [
    ["--content.kind", "message", "--content.ways", '[{"payload":"menu"}]'],
    { content: { kind: "message", ways: [{ payload: "menu" }] } },
  ],
  [["--content", '{"kind":"tip"}'], { content: { kind: "tip" } }],
  [["--note", "--x=a=b"], { note: "true", x: "a=b" }],
])("%j becomes %j", (argv, input) => {
  expect(read(...argv)).toEqual(input);
});

test("a field replaces that part of the file and no other; places in files may be names", () => {
  const input = { title: { vi: "A", en: "B" }, segment: { places: ["Hà Giang", "Hải Phòng"] } };
  const read = inputOf(Schema, { input, ...typedWords(["--title.en", "C"], ["roles=admin"]) }, PLACES);
  expect(read).toEqual({ title: { vi: "A", en: "C" }, segment: { places: ["08", "31"] }, roles: ["admin"] });
});

test.each([
  [
    ["--segment.places", "Hà Giang,đâu đó"],
    { field: "segment.places.1", text: "desk-command.invalid.place", params: { value: "đâu đó" } },
  ],
  [["a", "b", "c"], { field: "c", text: "desk-command.invalid.too-many" }],
])("%j is refused", (argv, issue) => {
  expect(() => read(...argv)).toThrow(DeskProblem);
  try {
    read(...argv);
  } catch (error) {
    expect(error instanceof DeskProblem && error.issues).toEqual([issue]);
  }
});

test("whatever is typed, nothing of the language itself is reached", () => {
  const names = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "title", "vi", "content", "");
  const paths = fc.array(names, { minLength: 1, maxLength: 4 }).map((steps) => steps.join("."));
  fc.assert(
    fc.property(fc.array(fc.tuple(paths, fc.string())), (fields) => {
      try {
        inputOf(Schema, { input: {}, words: [], fields }, PLACES);
      } catch (error) {
        expect(error).toBeInstanceOf(DeskProblem);
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(Reflect.get({}, "vi")).toBeUndefined();
    }),
  );
});
