import { z } from "zod";
import type { Bundle } from "../../../src/content/bundle.ts";
import { type Finding, finding } from "../../../src/flow/checks/finding.ts";
import { advance, begin } from "../../../src/flow/engine.ts";
import { choiceToken } from "../../../src/flow/input.ts";
import { linkProgram } from "../../../src/flow/program.ts";
import type { State } from "../../../src/flow/session.ts";
import { fixedWorld } from "../../support/flows.ts";

const Dialogues = z.object({
  tests: z.array(z.object({ flow: z.string(), turns: z.array(z.object({ press: z.string(), at: z.string() })) })),
});

/** Plays dialogues of presses only, enough for the small folders of these tests. */
export function playDialogues(bundle: Bundle): readonly Finding[] {
  const program = linkProgram(bundle.program, bundle.flows.values());
  return [...bundle.transcripts]
    .filter(([flow]) => bundle.flows.has(flow))
    .flatMap(([file, parsed]) =>
      Dialogues.parse(parsed).tests.flatMap(({ flow, turns }) => {
        let { state } = begin(program, flow, {}, fixedWorld());
        return turns.flatMap(({ press, at }) => {
          const { flow: on, node } = top(state);
          ({ state } = advance(program, state, { kind: "choice", token: choiceToken(on, node, press) }, fixedWorld()));
          const stands = `${top(state).flow}.${top(state).node}`;
          const spot = bundle.locate(`transcript:${file}`);
          return stands === at ? [] : [finding("transcript-failed", spot, `stands at ${stands}`, `expected ${at}`)];
        });
      }),
    );
}

function top(state: State): { flow: string; node: string } {
  return state.session.frames.at(-1) ?? { flow: "", node: "" };
}
