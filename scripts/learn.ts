import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type Example, readExamples } from "../learn/example.ts";
import { type Figures, figuresOf } from "../learn/figures.ts";
import { learn } from "../learn/learn.ts";
import { Lexicon } from "../src/safety/lexicon.ts";
import { createClassifier, type SafetyContent } from "../src/safety/screen.ts";
import { Signals } from "../src/safety/signals.ts";

// `npm run learn`: writes `content/safety/model.json` from the examples, then prints how well it does on messages it
// learned from and on those kept apart. The same files give the same model.
const ROOT = join(import.meta.dirname, "..");
const SAFETY = join(ROOT, "content", "safety");
const EXAMPLES = join(ROOT, "learn", "examples");
const TESTS = ["learn/held-out.jsonl", "test/safety/utterances-dev.jsonl"];

async function examplesIn(path: string): Promise<readonly Example[]> {
  return readExamples(path, await readFile(path, "utf8"));
}

function print(name: string, { lines, ...shares }: Figures): void {
  const cells = Object.entries(shares).map(([what, share]) => `${what} ${(100 * share).toFixed(1)} %`);
  console.log(`${name} (${lines} messages): ${cells.join(", ")}`);
}

const signals = Signals.parse(parse(await readFile(join(SAFETY, "signals.yaml"), "utf8")));
const lexicon = Lexicon.parse(parse(await readFile(join(SAFETY, "lexicon.yaml"), "utf8")));
const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith(".jsonl")).sort();
const examples = (await Promise.all(files.map((file) => examplesIn(join(EXAMPLES, file))))).flat();
const model = learn(examples, { signals, lexicon });
await writeFile(join(SAFETY, "model.json"), `${JSON.stringify(model)}\n`);
console.log(`learned from ${examples.length} messages: content/safety/model.json`);

const content: SafetyContent = { signals, lexicon, model };
const classify = createClassifier(content);
const answersTo = (asked: readonly Example[]) => asked.map((example) => ({ example, ...classify(example.text) }));
print("learned from", figuresOf(answersTo(examples)));
for (const path of TESTS) print(`kept apart: ${path}`, figuresOf(answersTo(await examplesIn(join(ROOT, path)))));
