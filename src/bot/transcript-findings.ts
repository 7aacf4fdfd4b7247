import { z } from "zod";
import type { Bundle } from "../content/bundle.ts";
import { type Finding, finding } from "../flow/checks/finding.ts";
import { playTranscript, type TranscriptDeps, TranscriptFile } from "./transcript.ts";

export interface TranscriptRun extends TranscriptDeps {
  /** Sets chance back to its start, so that a dialogue goes the same way whatever was played before it. */
  restart(): void;
}

const FIX = "change the flow or its texts back, or record in the dialogue what the bot is meant to do now";

/** Plays every test dialogue of a bundle; a finding for each turn that goes otherwise than written. */
export function findMismatches(bundle: Bundle, run: TranscriptRun): readonly Finding[] {
  return [...bundle.transcripts].flatMap(([flow, content]) => {
    const parsed = TranscriptFile.safeParse(content);
    const spot = { ...bundle.locate(`transcript:${flow}`), flow };
    if (!parsed.success) {
      return [finding("transcript-failed", spot, z.prettifyError(parsed.error), "compare with docs/flow-format.md")];
    }
    return parsed.data.tests.flatMap((test, index) => {
      const place = { ...bundle.locate(`transcript:${flow}`, ["tests", index]), flow };
      run.restart();
      return playTranscript(test, run).map(({ turn, message }) =>
        finding("transcript-failed", place, `"${test.name}", turn ${turn}: ${message}`, FIX),
      );
    });
  });
}
