import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { playTranscript, TranscriptFile } from "../../src/bot/transcript.ts";
import { LANGS } from "../../src/flow/ids.ts";
import { appWithDialogues } from "./real-app.ts";

/** Fewer dialogues than this would leave ways of the flows unproved. */
const FEWEST = 60;

let chance = seededRandom(1);
const app = await appWithDialogues(() => chance());
const deps = {
  program: app.program,
  say: app.say,
  worldAt: app.worlds.at,
  raw: (key: string, lang: "vi" | "en") => app.bundle.texts[lang].get(key),
};
const files = [...app.bundle.transcripts].map(([flow, content]) => ({ flow, ...TranscriptFile.parse(content) }));

describe.each(files)("$flow", ({ tests }) => {
  test.each(tests)("$name ($lang, $channel)", (dialogue) => {
    chance = seededRandom(1);
    expect(playTranscript(dialogue, deps)).toEqual([]);
  });
});

test(`there are at least ${FEWEST} dialogues, and no two of a flow have one name`, () => {
  const names = files.flatMap(({ flow, tests }) => tests.map(({ name }) => `${flow}: ${name}`));
  expect(names.length).toBeGreaterThanOrEqual(FEWEST);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each([...app.program.flows.keys()])("the flow %s has dialogues in both languages", (flow) => {
  const spoken = files.find((file) => file.flow === flow)?.tests.map(({ lang }) => lang) ?? [];
  expect(LANGS.filter((lang) => spoken.includes(lang))).toEqual([...LANGS]);
});
