import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readExamples } from "../learn/example.ts";
import { hostileText } from "../learn/hostile.ts";
import { seededRandom } from "../src/bot/random.ts";
import type { App } from "../src/commands/app.ts";
import { ROOT } from "../src/commands/app.ts";
import { readModel } from "../src/safety/model.ts";
import { type Classifier, createClassifier } from "../src/safety/screen.ts";
import { quantile } from "./statistics.ts";

/** How quickly the safety screen reads texts of one kind, on one core. */
export interface ScreenSpeed {
  readonly texts: string;
  readonly perSecond: number;
  /** Microseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

const MESSAGE = 80;
const LONG = 10_000;
const KINDS = 400;

/** `rounds`: how often each of some 400 texts is read; the first third is for warming up. */
export async function measureScreen(app: App, rounds: number): Promise<readonly ScreenSpeed[]> {
  const classify = classifierOf(app);
  const file = join(ROOT, "learn", "held-out.jsonl");
  const talk = readExamples(file, await readFile(file, "utf8")).map(({ text }) => text);
  const flow = talk.join(". ");
  const random = seededRandom(7);
  const cut = (length: number) => () => {
    const from = Math.floor(random() * (flow.length - length));
    return flow.slice(from, from + length);
  };
  const many = (make: () => string) => Array.from({ length: KINDS }, make);
  return [
    time(`${MESSAGE} characters of what people write`, many(cut(MESSAGE)), classify, rounds),
    time(`${LONG.toLocaleString("en-US")} characters of it`, many(cut(LONG)), classify, rounds / 10),
    time(
      "hostile texts, up to 10,000 characters",
      many(() => hostileText(random)),
      classify,
      rounds / 10,
    ),
  ];
}

function classifierOf({ bundle }: App): Classifier {
  const { signals, lexicon, model } = bundle;
  if (signals === null || lexicon === null) throw new Error("content/safety is not complete");
  return createClassifier({ signals, lexicon, model: readModel(model) });
}

function time(texts: string, list: readonly string[], classify: Classifier, rounds: number): ScreenSpeed {
  const took: number[] = [];
  for (let round = 0; round < rounds * 1.5; round++) {
    for (const text of list) {
      const start = performance.now();
      classify(text);
      if (round >= rounds / 2) took.push((performance.now() - start) * 1000);
    }
  }
  const sorted = took.sort((a, b) => a - b);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  return {
    texts,
    perSecond: (sorted.length / total) * 1_000_000,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    most: sorted.at(-1) ?? 0,
  };
}
