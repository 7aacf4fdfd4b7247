import { wordsOf } from "./place-text.ts";

/** What could be a word of its own is no short form. */
const SYLLABLE = /^(?:[bdghklmnpqrstvx]|[cgknpt]h|ngh?|gi|qu|tr|c)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?$/;

/** "qngai" for Quảng Ngãi; undefined for other than two words, and where the form could be a word. */
export function shortForm(name: string): string | undefined {
  const [first, second, third] = wordsOf(name).map((w) => w.plain);
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const form = `${first.slice(0, 1)}${second}`;
  return SYLLABLE.test(form) ? undefined : form;
}
