/** What a citizen does in one turn: presses a button of the last screen, or types. */
export type Act = { readonly press: string } | { readonly say: string };

interface Asked {
  readonly id: string;
  /** The name under which the answer is kept. */
  readonly answer: string;
}
export interface ChoiceQuestion extends Asked {
  readonly choices: readonly string[];
  readonly right: string;
}
export interface NumberQuestion extends Asked {
  readonly min: number;
  readonly max: number;
}
export type Question = ChoiceQuestion | NumberQuestion;

/** `bench/flows/bench-quiz.yaml` once more, for libraries that have no flow files. */
export const QUESTIONS: readonly Question[] = [
  { id: "q1", answer: "a1", choices: ["all", "women", "nobody"], right: "all" },
  { id: "q2", answer: "n2", min: 0, max: 50 },
  { id: "q3", answer: "a3", choices: ["both", "father", "mother"], right: "both" },
  { id: "q4", answer: "n4", min: 0, max: 24 },
  { id: "q5", answer: "a5", choices: ["ask-first", "look", "joke"], right: "ask-first" },
  { id: "q6", answer: "n6", min: 0, max: 100 },
  { id: "q7", answer: "a7", choices: ["listen", "judge", "leave"], right: "listen" },
  { id: "q8", answer: "n8", min: 1, max: 12 },
  { id: "q9", answer: "a9", choices: ["share", "boys", "girls"], right: "share" },
  { id: "q10", answer: "n10", min: 0, max: 365 },
];
/** After this question the bot says that half is done. */
export const HALF_AFTER = "q5";

interface ScriptedTurn {
  readonly act: Act;
  /** Keys of the texts that the reply must show, in order and in one message. */
  readonly texts: readonly string[];
  /** How many buttons it must offer beside those to the menu and to help. */
  readonly buttons: number;
}

/** The measured conversation. It begins and ends at the menu, so that it can be held again and again. */
export const TURNS: readonly ScriptedTurn[] = [
  { act: { press: "quiz" }, texts: ["bench-quiz.q1.text"], buttons: 3 },
  { act: { press: "all" }, texts: ["bench-quiz.q2.text"], buttons: 0 },
  { act: { say: "4" }, texts: ["bench-quiz.q3.text"], buttons: 3 },
  { act: { press: "both" }, texts: ["bench-quiz.q4.text"], buttons: 0 },
  { act: { say: "3" }, texts: ["bench-quiz.q5.text"], buttons: 3 },
  { act: { press: "look" }, texts: ["bench-quiz.warm.text", "bench-quiz.q6.text"], buttons: 0 },
  { act: { say: "12" }, texts: ["bench-quiz.q7.text"], buttons: 3 },
  { act: { press: "listen" }, texts: ["bench-quiz.q8.text"], buttons: 0 },
  { act: { say: "6" }, texts: ["bench-quiz.q9.text"], buttons: 3 },
  { act: { press: "share" }, texts: ["bench-quiz.q10.text"], buttons: 0 },
  { act: { say: "15" }, texts: ["bench-quiz.some.text"], buttons: 1 },
  { act: { press: "back" }, texts: ["bench-menu.main.text"], buttons: 2 },
];

/** Flow and node on which a citizen stands before each turn. */
export const PLACES: readonly { readonly flow: string; readonly node: string }[] = [
  { flow: "bench-menu", node: "main" },
  ...QUESTIONS.map(({ id }) => ({ flow: "bench-quiz", node: id })),
  { flow: "bench-quiz", node: "some" },
];

/** The turn at this step; steps count on without end. */
export function turnAt(step: number): ScriptedTurn {
  const turn = TURNS[step % TURNS.length];
  if (turn === undefined) throw new RangeError(`there is no step ${step}`);
  return turn;
}

/** Flow and node before the turn at this step. */
export function placeAt(step: number): { readonly flow: string; readonly node: string } {
  const place = PLACES[step % PLACES.length];
  if (place === undefined) throw new RangeError(`there is no step ${step}`);
  return place;
}
