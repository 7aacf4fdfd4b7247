import { ok } from "node:assert/strict";
import { expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { limitsOf } from "../../src/channels/limits.ts";
import { CHANNELS } from "../../src/channels/port.ts";
import { render } from "../../src/channels/render.ts";
import { type App, openApp } from "../../src/commands/app.ts";
import { bannedIn } from "../../src/directory/phone-number.ts";
import { type TeamServices, triedOf } from "../../src/directory/team-services.ts";
import type { Lang } from "../../src/flow/ids.ts";
import type { Screen } from "../../src/flow/screen.ts";
import { ScreenProof } from "../system/screen-proof.ts";
import { walk } from "../system/walk.ts";
import { DO_NOT_USE, SERVICES } from "./content.ts";

/** Moves for each flow; `walk.test.ts` makes many more, on the directory as shipped. */
const INPUTS = 250;

/** Everything was called, so that every number that can be shown is; and somebody wrote bad ones into the file by hand. */
const TEAM: TeamServices = {
  checks: Object.fromEntries(
    SERVICES.map((one) => [one.id, { by: "Test", on: "2026-11-20", answer: "works" as const, tried: triedOf(one) }]),
  ),
  own: DO_NOT_USE.map(({ digits }, at) => ({
    id: `own-01-bad-${at}`,
    names: { vi: `Nơi ${at}`, en: `Place ${at}` },
    kind: "hotline",
    needs: ["domestic-violence", "legal"],
    place: "01",
    phones: [{ number: digits, tel: digits.slice(0, 15), cost: "free", hours: "24/7" }],
    url: null,
    address: null,
    note: null,
    languages: ["vi"],
    source: "Test",
    checked: { by: "Test", on: "2026-11-20" },
  })),
};

/** Looks for numbers on every screen, as every channel would show it. */
class NumberProof extends ScreenProof {
  readonly #app: App;
  readonly #seen = new Set<string>();

  constructor(app: App) {
    super(app);
    this.#app = app;
  }

  override check(screen: Screen, lang: Lang): void {
    const name = `${lang}${JSON.stringify(screen)}`;
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    super.check(screen, lang);
    for (const channel of CHANNELS) {
      for (const { text, choices, calls, links } of render(screen, lang, limitsOf(channel), this.#app.say)) {
        const shown = [text, ...choices.map(({ label }) => label), ...calls.map(({ tel }) => tel)];
        const all = [...shown, ...links.map(({ url }) => url)].join("\n");
        ok(bannedIn(all, DO_NOT_USE) === undefined, `a banned number at ${screen.flow}.${screen.node}: ${all}`);
      }
    }
  }
}

const app = await openApp({ profile: null, slots: {}, services: TEAM, random: seededRandom(1) });
const proof = new NumberProof(app);

test.each([...app.program.flows.keys()])(
  "%s: no number that must not be used is on any screen",
  (flow) => {
    expect(walk(app, proof, flow, INPUTS, 20261125)).toBeGreaterThanOrEqual(INPUTS);
  },
  120_000,
);

test("the walks saw screens with services", () => {
  expect(proof.size).toBeGreaterThan(100);
});
