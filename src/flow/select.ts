import { foldWords } from "../language/fold.ts";

/** A choice with its label in the citizen's language. */
export interface Labelled {
  readonly id: string;
  readonly label: string;
}

export type Selection =
  | { readonly kind: "one"; readonly id: string }
  | { readonly kind: "several"; readonly ids: readonly string[] }
  | { readonly kind: "none" };

const NONE: Selection = { kind: "none" };

/** Selects by the number shown before the choice, `1` being the first. */
export function selectByNumber(ids: readonly string[], text: string): string | undefined {
  const digits = /^\s*\(?(\d{1,2})\s*[.)]?\s*$/.exec(text)?.[1];
  return digits === undefined ? undefined : ids[Number(digits) - 1];
}

function outcome(ids: readonly string[]): Selection {
  const [first] = ids;
  if (first === undefined) return NONE;
  return ids.length === 1 ? { kind: "one", id: first } : { kind: "several", ids };
}

/**
 * Selects by a whole label, with or without tone marks, or by two or more words that stand together in one label.
 * So sure that it is taken before the safety screen: a quiz answer may contain any word.
 */
export function selectByLabel(choices: readonly Labelled[], text: string): string | undefined {
  const typed = foldWords(text);
  if (typed === "") return undefined;
  const folded = choices.map((choice) => ({ id: choice.id, label: foldWords(choice.label) }));
  const exact = folded.find((choice) => choice.label === typed);
  if (exact !== undefined) return exact.id;
  if (!typed.includes(" ")) return undefined;
  const holding = folded.filter((choice) => ` ${choice.label} `.includes(` ${typed} `));
  return holding.length === 1 ? holding[0]?.id : undefined;
}

/** Selects by words of a label: all typed words must stand in it. Two labels that fit are both given. */
export function selectByWords(choices: readonly Labelled[], text: string): Selection {
  const typed = foldWords(text);
  if (typed === "") return NONE;
  const words = typed.split(" ");
  const fits = choices.filter((choice) => {
    const label = new Set(foldWords(choice.label).split(" "));
    return words.every((word) => label.has(word));
  });
  return outcome(fits.map((choice) => choice.id));
}
