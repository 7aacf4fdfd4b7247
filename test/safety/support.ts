import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { readExamples } from "../../learn/example.ts";
import { Lexicon } from "../../src/safety/lexicon.ts";
import { readModel } from "../../src/safety/model.ts";
import { createClassifier, type SafetyContent } from "../../src/safety/screen.ts";
import { Signals } from "../../src/safety/signals.ts";

function text(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

export const content: SafetyContent = {
  signals: Signals.parse(parse(text("content/safety/signals.yaml"))),
  lexicon: Lexicon.parse(parse(text("content/safety/lexicon.yaml"))),
  model: readModel(text("content/safety/model.json")),
};
export const classify = createClassifier(content);
export const screen = (message: string) => classify(message).heard;

/** The evaluation set for developers. */
export const devExamples = readExamples("utterances-dev.jsonl", text("test/safety/utterances-dev.jsonl"));
/** Our own messages that nothing was learned from. */
export const heldOut = readExamples("held-out.jsonl", text("learn/held-out.jsonl"));
