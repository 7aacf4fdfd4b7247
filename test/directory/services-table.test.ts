import { expect, test } from "vitest";
import { isShelter } from "../../src/directory/card.ts";
import { EMERGENCY, leadIds } from "../../src/directory/emergency.ts";
import { opennessAt, opensNext } from "../../src/directory/hours.ts";
import { isSameNumber } from "../../src/directory/phone-number.ts";
import type { ServiceQuery } from "../../src/directory/ranking.ts";
import { createDirectory } from "../../src/directory/services.ts";
import { listServices, type TeamServices, triedOf } from "../../src/directory/team-services.ts";
import { LANGS, type Lang, NEEDS } from "../../src/flow/ids.ts";
import type { ServiceCard } from "../../src/flow/screen.ts";
import { DO_NOT_USE, NEED_MAP, SERVICES, shippedPlaces, WORDS } from "./content.ts";

const HOUR_MS = 3_600_000;
const MONDAY = Date.parse("2026-11-23T00:00:00+07:00");
const HOURS = Array.from({ length: 168 }, (_, hour) => MONDAY + hour * HOUR_MS);
const PROVINCES = shippedPlaces().provinces.provinces.map(({ code }) => code);
const BOTH = [false, true];

/** Everything was called and works: all that can ever be shown is shown. */
const ALL_CALLED: TeamServices = {
  own: [],
  checks: Object.fromEntries(
    SERVICES.map((one) => [one.id, { by: "Test", on: "2026-11-22", answer: "works" as const, tried: triedOf(one) }]),
  ),
};
const LISTS = [
  ["as shipped", SERVICES, LANGS],
  ["with everything called", listServices(SERVICES, ALL_CALLED, DO_NOT_USE), ["vi"]],
] as const;

const TIMETABLES = SERVICES.flatMap(({ phones }) => phones.map(({ hours }) => hours));

/** Which cards stand where depends on the hour by what is open: one hour stands for all at which the same lines are. */
function differentHours(): readonly number[] {
  const open = (at: number) => TIMETABLES.map((hours) => opennessAt(hours, at)).join();
  return [...new Map([...HOURS].reverse().map((at) => [open(at), at])).values()];
}

function telOf(id: string): string | undefined {
  return SERVICES.find((service) => service.id === id)?.phones[0]?.tel;
}

function* queries(langs: readonly Lang[]): Generator<ServiceQuery> {
  for (const need of NEEDS) {
    for (const provinceCode of PROVINCES) {
      for (const urgent of BOTH) {
        for (const child of BOTH) for (const lang of langs) yield { need, provinceCode, urgent, child, lang };
      }
    }
  }
}

const rules: Readonly<Record<string, (cards: readonly ServiceCard[], query: ServiceQuery) => boolean>> = {
  "one to five cards, three in danger": ({ length }, { urgent }) => length >= 1 && length <= (urgent ? 3 : 5),
  "danger numbers first": (cards, query) => {
    const first = [...new Set(leadIds(query).map(telOf))];
    return cards.slice(0, first.length).every(({ phones }, at) => phones[0]?.tel === first[at]);
  },
  "the first line answers at this hour and is no doubtful one": ([first]) =>
    first !== undefined && EMERGENCY.has(first.id) && first.phones[0]?.open === "always" && !first.unchecked,
  "113 or 115 stands first in danger": ([first], { urgent }) =>
    !urgent || first?.phones[0]?.tel === "113" || first?.phones[0]?.tel === "115",
  "111 is among the first two for a child": (cards, { child }) =>
    !child || cards.slice(0, 2).some(({ phones }) => phones[0]?.tel === "111"),
  "more than emergency lines for legal questions and blackmail": (cards, { need }) =>
    !["legal", "online-abuse", "image-abuse"].includes(need) || cards.some(({ id }) => !EMERGENCY.has(id)),
  "what is sure before what is not": (cards) =>
    cards.every(({ unchecked }, at) => !unchecked || cards.slice(at).every((later) => later.unchecked)),
  "no number twice": (cards) => {
    const numbers = cards.flatMap(({ phones }) => phones.map(({ tel }) => tel));
    return new Set(numbers).size === numbers.length;
  },
  "no number of the do-not-use list": (cards) =>
    cards.every(({ phones }) => phones.every(({ tel }) => !DO_NOT_USE.some(({ digits }) => isSameNumber(tel, digits)))),
  "no address of a shelter": (cards) =>
    cards.every(({ id, address }) => {
      const service = SERVICES.find((one) => one.id === id);
      return address === undefined || (service !== undefined && !isShelter(service));
    }),
};

test("at each of the 168 hours a closed line says when it opens, by the clock of Việt Nam", () => {
  for (const at of HOURS) {
    for (const hours of TIMETABLES) {
      expect(opensNext(hours, at, WORDS) !== undefined).toBe(opennessAt(hours, at) === "closed");
    }
  }
  expect(HOURS).toHaveLength(168);
  expect(PROVINCES).toHaveLength(34);
});

test.each(LISTS)("34 provinces × all needs × 168 hours, %s: every rule holds at once", (_, services, langs) => {
  const directory = createDirectory(services, NEED_MAP, WORDS);
  const broken = new Set<string>();
  for (const at of differentHours()) {
    for (const query of queries(langs)) {
      const cards = directory.find(query, at);
      for (const [name, holds] of Object.entries(rules)) {
        if (!holds(cards, query)) broken.add(`${name}: ${JSON.stringify(query)} ${new Date(at).toISOString()}`);
      }
    }
  }
  expect([...broken].slice(0, 5)).toEqual([]);
});
