import { beforeAll, expect, test } from "vitest";
import { createWorlds, nobodyOn } from "../../src/bot/world.ts";
import { advance } from "../../src/flow/engine.ts";
import { TOPICS } from "../../src/flow/ids.ts";
import type { FlowNode } from "../../src/flow/schema.ts";
import { type Frame, freshState, type State } from "../../src/flow/session.ts";
import type { World } from "../../src/flow/world.ts";
import { ownSources } from "./own-broadcasts.ts";

const NOW = Date.parse("2026-11-25T09:00:00+07:00");
let own: Awaited<ReturnType<typeof ownSources>>;
let world: World;

beforeAll(async () => {
  own = await ownSources();
  const { bundle, sources } = own;
  const settings = { slots: {}, services: null, home: undefined, random: () => 0 };
  world = createWorlds({ bundle, say: sources.say, ...settings }).at(NOW, nobodyOn("telegram"));
});

function standing(frame: Frame | undefined): State {
  const { session } = freshState(NOW, "vi");
  const me = { lang: "vi", keep: true } as const;
  const frames = frame === undefined ? [] : [frame];
  return { heard: {}, session: { ...session, met: true, me, topics: [...TOPICS], frames } };
}

/** At rest, and at every question but those of a letter, where each word is an answer. */
function places(): (Frame | undefined)[] {
  const asking: readonly FlowNode["kind"][] = ["ask", "place", "quiz", "safe-word", "wait"];
  const frames = [...own.program.flows.values()].flatMap(({ id, nodes }) =>
    [...nodes].flatMap(([node, { kind }]) => (asking.includes(kind) ? [{ flow: id, node, vars: {} }] : [])),
  );
  return [undefined, ...frames];
}

test.each(TOPICS)(
  "every word for stopping %s stops it from wherever somebody is, leaves the rest on, and leads back",
  (topic) => {
    const words = own.program.flows.get(`stop-${topic}`)?.flow.triggers.keywords ?? [];
    expect(words.length).toBeGreaterThan(10);
    const rest = TOPICS.filter((one) => one !== topic);
    const failed = places().flatMap((frame) => {
      const aside = own.program.flows.get(frame?.flow ?? "")?.flow.aside === true;
      return words.filter((text) => {
        const { session } = advance(own.program, standing(frame), { kind: "text", text }, world).state;
        const leadsBack = frame === undefined || aside || session.frames[0]?.node === frame.node;
        return session.topics.join() !== rest.join() || !leadsBack;
      });
    });
    expect(failed).toEqual([]);
  },
);
