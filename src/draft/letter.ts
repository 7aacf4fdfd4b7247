import type { Unit, UnitsAt } from "../directory/units.ts";
import type { Draft } from "./draft.ts";
import { type Field, type Form, type Letterhead, wordsOf } from "./form.ts";

/** A paragraph, and how many dotted lines to write on begin where it ends (1: the rest of its last line). */
export interface Paragraph {
  readonly text: string;
  readonly lines: number;
  readonly italic: boolean;
  /** Announces the paragraph below and stays on its page. */
  readonly opens: boolean;
}

/** A letter before any file format. Plain text, NFC; names of places are held together by U+00A0. */
export interface Letter {
  readonly nation: string;
  readonly motto: string;
  readonly date: string;
  readonly title: string;
  readonly subject: Paragraph | null;
  readonly to: string;
  readonly body: readonly Paragraph[];
  readonly enclosures: { readonly head: string; readonly list: readonly string[] } | null;
  readonly signer: string;
  readonly signHere: string;
}

/** Dots in the middle of a line, to write a word or a name on. */
const GAP = ".".repeat(30);
const TOKEN = /\{\{([a-z0-9-]+)\}\}/g;
const LAST_TOKEN = /\{\{([a-z0-9-]+)\}\}$/;

/** Puts answers and place into a form. Nothing is added to what the person said; what is missing becomes dots. */
export function writeLetter(form: Form, head: Letterhead, draft: Draft, place: UnitsAt | undefined): Letter {
  const values = { ...placeValues(head, place), ...answerValues(form, head, draft.answers) };
  const writer = new Writer(form, values);
  return {
    nation: head.nation,
    motto: head.motto,
    date: writer.inline(head.date),
    title: form.title,
    subject: form.subject === undefined ? null : (writer.paragraphs(form.subject, false)[0] ?? null),
    to: `${head.to} ${writer.inline(form.to)}`,
    body: form.body.flatMap((one) => {
      if (typeof one !== "string" && "by_hand" in one)
        return [{ text: one.by_hand, lines: 1, italic: false, opens: false }];
      return writer.paragraphs(wordsOf(one), typeof one !== "string");
    }),
    enclosures: form.enclosures.length === 0 ? null : { head: head.enclosures, list: form.enclosures },
    signer: head.signer,
    signHere: head.sign_here,
  };
}

type Values = Readonly<Record<string, string | undefined>>;

function placeValues({ unknown, unit_types }: Letterhead, place: UnitsAt | undefined): Values {
  const official = (unit: Unit | undefined) =>
    unit === undefined ? undefined : `${unit_types[unit.type] ?? ""} ${unit.names.vi}`.trimStart();
  return {
    town: together((place?.commune ?? place?.province)?.names.vi ?? unknown.town),
    commune: together(official(place?.commune) ?? unknown.commune),
    province: together(official(place?.province) ?? unknown.province),
  };
}

/** A name that no line end tears apart. */
function together(name: string): string {
  return name.replaceAll(" ", "\u00a0");
}

function answerValues({ fields }: Form, head: Letterhead, answers: Draft["answers"]): Values {
  const printed = ({ id, kind, says }: Field): string | undefined => {
    const answer = answers[id];
    if (says !== undefined) return answer === "yes" ? says.yes : answer === "no" ? says.no : says.blank;
    return answer ?? (kind === "date" ? head.date_blank : undefined);
  };
  return Object.fromEntries(fields.map((field) => [field.id, printed(field)]));
}

class Writer {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #values: Values;

  constructor({ fields }: Form, values: Values) {
    this.#fields = new Map(fields.map((field) => [field.id, field]));
    this.#values = values;
  }

  /** One paragraph; dots where a value is missing. */
  inline(text: string): string {
    return text.replace(TOKEN, (_, name: string) => this.#values[name] ?? GAP);
  }

  /** The paragraphs of one: a missing last value leaves lines to write on, a long one stands below its heading. */
  paragraphs(text: string, italic: boolean): Paragraph[] {
    const last = this.#fields.get(LAST_TOKEN.exec(text)?.[1] ?? "");
    if (last === undefined) return [{ text: this.inline(text), lines: 0, italic, opens: false }];
    const before = this.inline(text.replace(LAST_TOKEN, "")).trimEnd();
    const value = this.#values[last.id];
    if (value === undefined) return [{ text: before, lines: last.lines, italic, opens: false }];
    if (last.kind !== "long") {
      return [{ text: [before, value].filter(Boolean).join(" "), lines: 0, italic, opens: false }];
    }
    const told = value.split("\n").map((line) => ({ text: line, lines: 0, italic, opens: false }));
    return before === "" ? told : [{ text: before, lines: 0, italic, opens: true }, ...told];
  }
}
