import { describe, expect, test } from "vitest";
import { createPlaces } from "../../src/directory/places.ts";
import { type Advance, advance, begin } from "../../src/flow/engine.ts";
import { Session } from "../../src/flow/session.ts";
import { shippedPlaces } from "../directory/content.ts";
import { fixedWorld, programWith, saidIn, screenOf } from "../support/flows.ts";

const FLOW = `{ flow: where, version: 1, start: p, nodes: { p: { kind: place, set: me.place, go: done }, done: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
const program = programWith(FLOW);
const places = createPlaces(shippedPlaces());
const world = fixedWorld({
  places,
  text: (ref, lang) => ("key" in ref ? (ref.key === "common.skip" ? "Bỏ qua" : ref.key) : ref[lang]),
});

/** What the bot says and offers after these answers to "where are you?", and what is kept. */
function answered(...answers: readonly string[]) {
  const last = answers.reduce<Advance>(
    (before, text) => {
      const session = Session.parse(JSON.parse(JSON.stringify(before.state.session)));
      return advance(program, { heard: before.state.heard, session }, { kind: "text", text }, world);
    },
    begin(program, "where", { lang: "vi" }, world),
  );
  const { session } = last.state;
  return {
    said: saidIn(last.effects)[0],
    offered: screenOf(last.effects).choices.map(({ id }) => id),
    place: session.me.place,
    kept: JSON.stringify(session),
  };
}

describe("a name of several places", () => {
  test("leads to one short question, and a province typed next decides it", () => {
    const asked = answered("huyện Tân Phú hoặc quận Tân Phú");
    expect(asked).toMatchObject({ said: "engine.place_which", offered: ["75", "79", "skip"] });
    expect(answered("Tân Phú", "2").place).toBe("79");
    expect(answered("Tân Phú", "ở Đồng Nai").place).toBe("75");
  });

  test("keeps the commune when the province narrows it to one, and another place when another is named", () => {
    const asked = answered("Kim Liên");
    expect(asked.said).toBe("engine.place_which");
    expect(answered("Kim Liên", "ở Nghệ An").place).toHaveLength(5);
    expect(places.provinceOf(answered("Kim Liên", "ở Nghệ An").place ?? "")).toBe("40");
    expect(answered("Kim Liên", "Cà Mau").place).toBe("96");
  });

  test("asks for the province when there are too many, remembers codes only, and finds the commune then", () => {
    const asked = answered("Tân Lập");
    expect(asked).toMatchObject({ said: "engine.place_add_province", offered: ["skip"] });
    expect(asked.kept).not.toMatch(/Tân|Lập/i);
    const place = answered("Tân Lập", "ở Thái Nguyên ạ").place ?? "";
    expect(places.provinceOf(place)).toBe("19");
  });

  test("shows the province in each label", () => {
    const labels = answered("Kim Liên").offered.filter((id) => id !== "skip");
    const known = labels.map((code) => [places.name(code)?.vi, places.name(places.provinceOf(code) ?? "")?.vi]);
    expect(known.every(([label, province]) => province !== undefined && label?.includes(province) === true)).toBe(true);
  });
});

describe("an answer that names no place", () => {
  test("is asked again once, and then going on without one is offered", () => {
    expect(answered("xyzqw").said).toBe("engine.place_unknown");
    expect(answered("xyzqw", "không nhớ")).toMatchObject({ said: "engine.place_skip", offered: ["skip"] });
    expect(answered("xyzqw", "không nhớ", "hừm").said).toBe("engine.place_skip");
    expect(answered("xyzqw", "không nhớ", "bỏ qua").said).not.toMatch(/place_/);
  });

  test("does not take away what the name before could mean", () => {
    expect(answered("Tân Phú", "hừm").offered).toEqual(["75", "79", "skip"]);
    expect(answered("Tân Phú", "hừm", "Đồng Nai").place).toBe("75");
  });
});
