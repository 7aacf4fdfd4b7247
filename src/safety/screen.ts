import { NEEDS, type Need } from "../flow/ids.ts";
import type { Heard } from "../flow/world.ts";
import { FeatureList, featuresOf } from "./features.ts";
import type { Label } from "./labels.ts";
import type { Lexicon } from "./lexicon.ts";
import { type Answers, answersOf, type ModelFile, OUTPUTS, unpack } from "./model.ts";
import { createPieceFinder } from "./pieces.ts";
import { createReader, type Evidence } from "./reader.ts";
import type { Signals } from "./signals.ts";

/** What the safety screen knows: hand-written signals, words of a kind, and the weights learned from examples. */
export interface SafetyContent {
  readonly signals: Signals;
  readonly lexicon: Lexicon;
  readonly model: ModelFile;
}

/** What a message is about; null: nobody needs help. */
export interface Verdict {
  readonly label: Label | null;
  readonly urgent: boolean;
  readonly heard: Heard | null;
  readonly evidence: Evidence;
  readonly answers: Answers;
}

/** Judges any text, the same text always the same; never throws. Nothing of the text is in the verdict or kept. */
export type Classifier = (text: string) => Verdict;

export type SafetyScreen = (text: string) => Heard | null;

/**
 * The safety screen: what a free text tells about needing help, null for nothing. `content` is asked for with the
 * first text, so that a start is not held up.
 */
export function createScreen(content: () => SafetyContent): SafetyScreen {
  let classify: Classifier | undefined;
  return (text) => {
    classify ??= createClassifier(content());
    return classify(text).heard;
  };
}

export function createClassifier({ signals, lexicon, model }: SafetyContent): Classifier {
  const reader = createReader(signals, lexicon);
  const weights = unpack(model);
  const piecesOf = createPieceFinder(weights);
  const list = new FeatureList();
  const sums = new Float64Array(OUTPUTS.length);
  return (text) => {
    const reading = reader.read(text);
    const judged = piecesOf(reading.words).map(({ from, to }) => {
      const evidence = reader.evidence(reading, from, to);
      return { evidence, answers: answersOf(weights, model.yes, featuresOf(evidence, list), sums) };
    });
    return verdictOf(judged.reduce((loudest, one) => (one.answers.help > loudest.answers.help ? one : loudest)));
  };
}

function verdictOf({ evidence, answers }: Pick<Verdict, "evidence" | "answers">): Verdict {
  const label = answers.help > 0 ? (answers.labels[0]?.label ?? null) : null;
  const urgent = label !== null && (answers.urgent > 0 || label === "danger-now");
  return {
    label,
    urgent,
    heard: label === null ? null : heardOf(label, urgent, { evidence, answers }),
    evidence,
    answers,
  };
}

function heardOf(label: Label, urgent: boolean, { evidence, answers }: Pick<Verdict, "evidence" | "answers">): Heard {
  // An age or a class told in so many words needs no learning.
  const saysChild = evidence.rules.some(({ rule }) => rule.child === true);
  const isChild = answers.child > 0 || saysChild || label === "child-abuse";
  const perpetrator = answers.perpetrator > 0 && PERPETRATOR_LABELS.includes(label);
  const need = needOf(label, answers);
  return {
    need: isChild && need === "domestic-violence" ? "child-abuse" : need,
    urgent: urgent && !perpetrator,
    whom: label === "help-other" ? "other" : perpetrator ? "perpetrator" : "self",
    child: isChild,
  };
}

const PERPETRATOR_LABELS: readonly Label[] = ["domestic-violence", "child-abuse", "sexual-violence", "help-other"];

/** The label as a need; of danger and of other people's trouble, the likeliest kind of violence in it. */
function needOf(label: Label, { labels }: Answers): Need {
  if (label !== "danger-now" && label !== "help-other") return label;
  const kind = labels.find((one) => KINDS_OF_VIOLENCE.some((known) => known === one.label))?.label;
  return KINDS_OF_VIOLENCE.find((known) => known === kind) ?? "domestic-violence";
}

const ASKED_FOR: readonly Need[] = ["legal", "shelter", "talk-to-person"];
const KINDS_OF_VIOLENCE: readonly Need[] = NEEDS.filter((need) => !ASKED_FOR.includes(need));
