/** Digits as people write numbers: with blanks, dots, hyphens or brackets between them. */
const DIGIT_RUN = /\+?\d(?:[ .()-]{0,2}\d)*/g;
const COUNTRY = "84";

/** Every run of digits in a text, digits only. */
export function digitRuns(text: string): string[] {
  return [...text.matchAll(DIGIT_RUN)].map(([run]) => run.replace(/\D/g, ""));
}

/** Whether two numbers are one, with or without the country code; both may hold blanks and marks. */
export function isSameNumber(a: string, b: string): boolean {
  return national(a) === national(b);
}

/** A number of a text that must not be used; `banned` holds digits only. */
export function bannedIn<T extends { readonly digits: string }>(text: string, banned: readonly T[]): T | undefined {
  const runs = digitRuns(text);
  return banned.find(({ digits }) => runs.some((run) => isSameNumber(run, digits)));
}

function national(number: string): string {
  return number.replace(/\D/g, "").replace(new RegExp(`^(?:${COUNTRY}|0)(?=\\d{8,}$)`), "");
}
