import fc from "fast-check";
import { LANGS } from "../../src/flow/ids.ts";
import { choiceToken, EXIT_TOKENS } from "../../src/flow/input.ts";
import type { Program } from "../../src/flow/program.ts";

/** What a walker does next; some of it depends on what is on the screen then. */
export type Move =
  /** One of the choices shown, counted round. */
  | { readonly do: "press"; readonly which: number }
  | { readonly do: "number"; readonly text: string }
  /** A shown label, typed as somebody might: without marks, in capitals, a part of it. */
  | { readonly do: "label"; readonly which: number; readonly how: "whole" | "bare" | "loud" | "part" }
  | { readonly do: "text"; readonly text: string }
  | { readonly do: "button"; readonly token: string }
  | { readonly do: "location"; readonly latitude: number; readonly longitude: number }
  | { readonly do: "start"; readonly payload: string | undefined }
  | { readonly do: "unreadable" }
  /** Time passes by itself, and the bot looks. */
  | { readonly do: "wait"; readonly ms: number }
  /** The process dies: what lived in memory only is gone. */
  | { readonly do: "restart" };

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** Sentences of the kinds that people write, disclosures among them. */
const SENTENCES = [
  "chồng tôi đánh tôi",
  "chong toi danh toi, con toi khoc",
  "anh ấy dọa tung ảnh của tôi",
  "em không muốn sống nữa",
  "tôi đánh vợ tôi",
  "bạn tôi bị cưỡng hiếp",
  "my husband beats me",
  "someone is threatening to post my photos",
  "I want to die",
  "Hà Nội",
  "hoan kiem",
  "Đông Hòa, Đắk Lắk",
  "xã không có thật",
  "Nên phát mẹo trên loa của xã vào buổi chiều",
  "không",
  "có",
  "quay lại",
  "bỏ qua",
] as const;

/** Everything that may happen to a program: each kind of move about as often as it teaches something. */
export function moves(program: Program): fc.Arbitrary<Move> {
  const known = [...program.words.keys(), ...program.keywords.keys(), ...program.commands.keys()];
  return fc.oneof(
    { weight: 10, arbitrary: fc.record({ do: fc.constant("press" as const), which: fc.nat(40) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("number" as const), text: numbers() }) },
    { weight: 2, arbitrary: labels() },
    { weight: 3, arbitrary: texts(known) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("button" as const), token: buttons(program) }) },
    { weight: 1, arbitrary: locations() },
    { weight: 1, arbitrary: starts(program) },
    { weight: 1, arbitrary: fc.constant({ do: "unreadable" } as const) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: times() }) },
    { weight: 1, arbitrary: fc.constant({ do: "restart" } as const) },
  );
}

function numbers(): fc.Arbitrary<string> {
  const number = fc.integer({ min: -3, max: 40 }).map(String);
  return fc.oneof(
    number,
    number.map((n) => ` (${n}) `),
    number.map((n) => `${n}.`),
    fc.constantFrom("999999999999", "1 2", "１", "٢", "1e3", "0x1"),
  );
}

function labels(): fc.Arbitrary<Move> {
  const how = fc.constantFrom("whole", "bare", "loud", "part");
  return fc.record({ do: fc.constant("label" as const), which: fc.nat(40), how });
}

function texts(known: readonly string[]): fc.Arbitrary<Move> {
  const anything = fc.oneof(
    fc.constantFrom(...known),
    fc.constantFrom(...SENTENCES),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
    fc.constantFrom("", " ", "/", "//", ":", "::", "{{score}}", "$t(common.menu)", "__proto__", "a".repeat(4_000)),
    fc.string({ maxLength: 12 }).map((rest) => `/${rest}`),
  );
  return anything.map((text) => ({ do: "text", text }));
}

/** Buttons of any message ever sent, and ones that never existed. */
function buttons(program: Program): fc.Arbitrary<string> {
  const tokens = [...program.flows.values()].flatMap(({ id, nodes }) =>
    [...nodes].flatMap(([nodeId, node]) => {
      const fixed = node.kind === "ask" && Array.isArray(node.choices) ? node.choices : [];
      return ["yes", "gone", "01", "skip", ...fixed.map((choice) => choice.id)].map((c) => choiceToken(id, nodeId, c));
    }),
  );
  return fc.oneof(
    fc.constantFrom(...tokens),
    fc.constantFrom(
      ...Object.values(EXIT_TOKENS),
      "",
      "::",
      ":::",
      "help",
      "menu:choose:",
      "menu:constructor:toString",
    ),
    fc.string({ maxLength: 30 }),
  );
}

function locations(): fc.Arbitrary<Move> {
  const range = (size: number) => fc.double({ min: -size, max: size, noNaN: true });
  return fc.record({ do: fc.constant("location" as const), latitude: range(90), longitude: range(180) });
}

function starts(program: Program): fc.Arbitrary<Move> {
  const payload = fc.constantFrom(undefined, "", "no-such-link", "constructor", ...program.payloads.keys());
  return fc.record({ do: fc.constant("start" as const), payload });
}

function times(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 1, max: 2 * MINUTE_MS }),
    fc.integer({ min: 14 * MINUTE_MS, max: 16 * MINUTE_MS }),
    fc.integer({ min: 23 * 60 * MINUTE_MS, max: 25 * 60 * MINUTE_MS }),
    fc.integer({ min: 1, max: YEAR_MS }),
  );
}

/** A person the walk begins with. */
export function persons() {
  return fc.record(
    {
      lang: fc.constantFrom(...LANGS),
      place: fc.constantFrom("01", "31", "92"),
      keep: fc.boolean(),
      pledged: fc.boolean(),
      tip_number: fc.integer({ min: -1, max: 500 }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
}
