import type { Units } from "../directory/units.ts";
import type { Draft } from "./draft.ts";
import type { Form, Letterhead } from "./form.ts";
import { type Letter, writeLetter } from "./letter.ts";

export interface LetterSources {
  readonly forms: readonly Form[];
  readonly letterhead: Letterhead | null;
  /** The office a letter goes to is named after these. */
  readonly units: Units;
}

/** Writes the letter of a draft; null when its form does not exist (any more). */
export type WriteLetter = (draft: Draft) => Letter | null;

export function createLetters({ forms, letterhead, units }: LetterSources): WriteLetter {
  const known = new Map(forms.map((form) => [form.form, form]));
  return (draft) => {
    const form = known.get(draft.form);
    if (form === undefined || letterhead === null) return null;
    return writeLetter(form, letterhead, draft, draft.place === undefined ? undefined : units(draft.place));
  };
}
