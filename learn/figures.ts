import type { Example } from "./example.ts";

/** What was answered to an example. */
export interface Answer {
  readonly example: Example;
  readonly label: string | null;
  readonly urgent: boolean;
}

/** Shares from 0 to 1, as `score.mjs` of the evaluation reckons them. */
export interface Figures {
  readonly anyHelpRecall: number;
  readonly urgentRecall: number;
  readonly strictLabel: number;
  readonly lenientLabel: number;
  readonly falseAlarms: number;
  readonly falseAlarmsHard: number;
  readonly lines: number;
}

export function figuresOf(answers: readonly Answer[]): Figures {
  const calls = answers.filter(({ example }) => example.label !== "none");
  const none = answers.filter(({ example }) => example.label === "none");
  const alarm = ({ label, urgent }: Answer) => label !== null || urgent;
  const strict = ({ example, label }: Answer) => label === example.label;
  return {
    anyHelpRecall: share(calls, alarm),
    urgentRecall: share(
      answers.filter(({ example }) => example.urgent),
      ({ urgent }) => urgent,
    ),
    strictLabel: share(calls, strict),
    lenientLabel: share(calls, (it) => strict(it) || it.example.also.some((label) => label === it.label)),
    falseAlarms: share(none, alarm),
    falseAlarmsHard: share(
      none.filter(({ example }) => example.note.startsWith("hard")),
      alarm,
    ),
    lines: answers.length,
  };
}

function share(answers: readonly Answer[], holds: (answer: Answer) => boolean): number {
  return answers.length === 0 ? Number.NaN : answers.filter(holds).length / answers.length;
}

