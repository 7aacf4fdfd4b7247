/**
 * Answers to a form lie among the words heard, under names no flow can give: in memory only, and there no longer than
 * somebody stands in the form. The one of the empty field names the form itself.
 */
const PREFIX = "answer:";

export type Heard = Readonly<Record<string, string>>;

export function answerName(field: string): string {
  return PREFIX + field;
}

export function onlyAnswers(heard: Heard): Record<string, string> {
  return Object.fromEntries(Object.entries(heard).filter(([name]) => name.startsWith(PREFIX)));
}

export function withoutAnswers(heard: Heard): Record<string, string> {
  return Object.fromEntries(Object.entries(heard).filter(([name]) => !name.startsWith(PREFIX)));
}

/** The answers by field. */
export function answersIn(heard: Heard): Record<string, string> {
  const named = Object.entries(onlyAnswers(heard)).map(
    ([name, answer]) => [name.slice(PREFIX.length), answer] as const,
  );
  return Object.fromEntries(named.filter(([field]) => field !== ""));
}
