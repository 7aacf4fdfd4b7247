import { loadContent } from "../content/snapshot.ts";
import { AppError } from "../errors.ts";
import { readModel } from "../safety/model.ts";
import { type Classifier, createClassifier, type Verdict } from "../safety/screen.ts";
import { ROOT } from "./app.ts";
import { answerLines } from "./asked-lines.ts";

/**
 * What the safety screen makes of `{"id","text"}` lines on standard input: `{"id","label","urgent"}`, label null for
 * no need of help. Or, with `explain`, of one text, with the signals it used. Resolves with the exit status: 2 when a
 * line could not be read.
 */
export async function classify(explain: string | undefined): Promise<number> {
  const judge = await openClassifier();
  if (explain !== undefined) {
    process.stdout.write(`${JSON.stringify(explanation(judge(explain)), null, 2)}\n`);
    return 0;
  }
  const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
  const wrong = await answerLines((text) => {
    const { label, urgent } = judge(text);
    return { label, urgent };
  }, streams);
  return wrong === 0 ? 0 : 2;
}

async function openClassifier(): Promise<Classifier> {
  const { signals, lexicon, model } = (await loadContent(ROOT)).bundle;
  if (signals === null || lexicon === null || model === "") {
    throw new AppError("content_invalid", "content/safety is not complete. Run `npm run check`.");
  }
  return createClassifier({ signals, lexicon, model: readModel(model) });
}

/** Names of signals and log-odds: above 0 counts as yes. Nothing of the text. */
function explanation({ label, urgent, heard, evidence, answers }: Verdict) {
  const { help, urgent: hurry, perpetrator, child, labels } = answers;
  return {
    label,
    urgent,
    heard,
    ideas: evidence.ideas.map(({ name }) => name),
    rules: evidence.rules.map(({ signal }) => signal.name),
    learned: {
      help: rounded(help),
      urgent: rounded(hurry),
      perpetrator: rounded(perpetrator),
      child: rounded(child),
      labels: Object.fromEntries(labels.slice(0, 4).map((one) => [one.label, rounded(one.score)])),
    },
  };
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
