import { z } from "zod";
import type { Bundle } from "../content/bundle.ts";
import { type Finding, finding } from "../flow/checks/finding.ts";
import { playTranscript, TranscriptFile, type TranscriptDeps } from "./transcript.ts";
import type { Worlds } from "./world.ts";

export interface TranscriptRun extends Omit<TranscriptDeps, "worldAt"> {
  /** Worlds with chance at its start: the same for every dialogue. */
  newWorlds(): Worlds;
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
      return playTranscript(test, { ...run, worldAt: run.newWorlds().at }).map(({ turn, message }) =>
        finding("transcript-failed", place, `"${test.name}", turn ${turn}: ${message}`, FIX),
      );
    });
  });
}
