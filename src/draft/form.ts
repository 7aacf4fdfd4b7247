import { z } from "zod";
import { Localized, Slug } from "../flow/ids.ts";

/** Questions of one form at most: whoever needs a letter is tired already. */
const MOST_FIELDS = 9;

/** Vietnamese only: the letter goes to a Vietnamese office. */
const Official = z.string().min(1);

/** One question, and how its answer stands in the letter. */
const Field = z
  .strictObject({
    id: Slug,
    /** `long` may take several messages and gets paragraphs of its own. */
    kind: z.enum(["line", "long", "date", "yes-no"]),
    /** Names the answer on the review and on its button. */
    name: Localized,
    question: Localized,
    hint: Localized.optional(),
    /** Dotted lines to write on where the answer is left out. */
    lines: z.int().min(1).max(12).default(1),
    /** What the letter says for a yes, for a no, and for neither. */
    says: z.strictObject({ yes: Official, no: Official, blank: Official }).optional(),
  })
  .refine(({ kind, says }) => (kind === "yes-no") === (says !== undefined), {
    error: "says: belongs to a yes-no question, and only there",
    path: ["says"],
  });
export type Field = z.infer<typeof Field>;

const Paragraph = z.union([
  Official,
  /** The grounds in law, in italics above the rest. */
  z.strictObject({ grounds: Official }),
  /** Never asked: what a phone should not hold is written by hand. */
  z.strictObject({ by_hand: Official }),
]);
type Paragraph = z.infer<typeof Paragraph>;

/** A file of `content/forms/`: a letter a person may make, and what it has to know. */
export const Form = z
  .strictObject({
    form: Slug,
    order: z.int(),
    /** What people see in the list. */
    name: Localized,
    title: Official,
    /** Below the title, such as what the letter is about. */
    subject: Official.optional(),
    /** May show `{{commune}}` and `{{province}}`. */
    to: Official,
    fields: z.array(Field).min(1).max(MOST_FIELDS),
    /** May show `{{field}}` and the place; a `long` field stands at the end of its paragraph. */
    body: z.array(Paragraph).min(1),
    enclosures: z.array(Official),
    /** What the letter says of the law rests on these. */
    statements: z.array(Slug),
  })
  .check(({ value, issues }) => {
    for (const message of mistakesIn(value)) issues.push({ code: "custom", message, input: value, path: ["body"] });
  });
export type Form = z.infer<typeof Form>;

/** `content/forms/letterhead.yaml`: what every letter has, as Decree 30/2020/NĐ-CP lays it out. */
export const Letterhead = z.strictObject({
  nation: Official,
  motto: Official,
  /** May show `{{town}}`. */
  date: Official,
  to: Official,
  enclosures: Official,
  signer: Official,
  sign_here: Official,
  /** Where a date is left out. */
  date_blank: Official,
  /** Stands for a place that is not known. */
  unknown: z.strictObject({ town: Official, commune: Official, province: Official }),
  /** By the type that the places have: `ward`, `city` … */
  unit_types: z.record(Slug, Official),
});
export type Letterhead = z.infer<typeof Letterhead>;

/** What a paragraph of a form says. */
export function wordsOf(paragraph: Paragraph): string {
  if (typeof paragraph === "string") return paragraph;
  return "grounds" in paragraph ? paragraph.grounds : paragraph.by_hand;
}

/** Names in `{{…}}`, in the order they stand. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\{\{([a-z0-9-]+)\}\}/g)].map(([, name = ""]) => name);
}

const PLACE_NAMES = ["town", "commune", "province"] as const;

interface Draftable {
  readonly subject?: string | undefined;
  readonly fields: readonly Field[];
  readonly body: readonly Paragraph[];
}

function mistakesIn({ subject, fields, body }: Draftable): string[] {
  const texts = [...body.map(wordsOf), subject ?? ""];
  const shown = texts.flatMap(namesIn);
  const known = new Set<string>([...fields.map(({ id }) => id), ...PLACE_NAMES]);
  const long = fields.filter(({ kind }) => kind === "long").map(({ id }) => `{{${id}}}`);
  return [
    ...shown.filter((name) => !known.has(name)).map((name) => `no question gives {{${name}}}`),
    ...fields.filter(({ id }) => !shown.includes(id)).map(({ id }) => `nothing shows the answer to ${id}`),
    ...(new Set(fields.map(({ id }) => id)).size < fields.length ? ["two questions share an id"] : []),
    ...long
      .filter((name) => texts.some((text) => text.includes(name) && !text.endsWith(name)))
      .map((name) => `${name} is long: it stands at the end of its paragraph`),
  ];
}
