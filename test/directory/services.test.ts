import { expect, test } from "vitest";
import { opennessAt, readOut } from "../../src/directory/hours.ts";
import type { ServiceQuery } from "../../src/directory/ranking.ts";
import type { Service } from "../../src/directory/service.ts";
import { createDirectory } from "../../src/directory/services.ts";
import { NEEDS } from "../../src/flow/ids.ts";
import { DO_NOT_USE, NEED_MAP, SERVICE_TEXTS, SERVICES, shippedPlaces, WORDS } from "./content.ts";

const MONDAY_10 = Date.parse("2026-11-23T10:00:00+07:00");
const SUNDAY_3 = Date.parse("2026-11-22T03:00:00+07:00");
const AFTER_90_DAYS = Date.parse("2027-02-19T00:00:00+07:00");
const YEARS_LATER = Date.parse("2030-01-01T00:00:00+07:00");

const directory = createDirectory(SERVICES, NEED_MAP, WORDS);
const provinces = shippedPlaces().provinces.provinces.map((p) => p.code);
const plain: ServiceQuery = { need: "domestic-violence", provinceCode: "01", urgent: false, child: false, lang: "vi" };

function ids(query: Partial<ServiceQuery>, now = MONDAY_10): string[] {
  return directory.find({ ...plain, ...query }, now).map((card) => card.id);
}

function digits(number: string): string {
  return number.replace(/^\+84/, "0").replace(/\D/g, "");
}

function allQueries(): ServiceQuery[] {
  return NEEDS.flatMap((need) =>
    [undefined, ...provinces].flatMap((provinceCode) =>
      [false, true].flatMap((urgent) =>
        [false, true].map((child) => ({ need, provinceCode, urgent, child, lang: "vi" as const })),
      ),
    ),
  );
}

test("carries the published entries of the sourced list and their rule", () => {
  expect(SERVICES).toHaveLength(76);
  expect(new Set(SERVICES.map((s) => s.id)).size).toBe(76);
  expect(SERVICES.filter((s) => s.show === "default")).toHaveLength(16);
  expect(SERVICES.filter((s) => s.show === "after-check")).toHaveLength(60);
});

test("knows no address of a shelter", () => {
  expect(SERVICES.filter((s) => s.kind === "shelter" && s.address !== null)).toEqual([]);
});

test("maps every finer need that the product can ask for", () => {
  const mapped = new Set([...Object.values(NEED_MAP.needs).flat(), "disaster", "public-service"]);
  expect([...new Set(SERVICES.flatMap((s) => s.needs))].filter((need) => !mapped.has(need))).toEqual([]);
});

test("has no number that must not be used, in any text", () => {
  const whole = SERVICE_TEXTS.join("\n").replace(/(?<=\d)[ .-](?=\d)/g, "");
  expect(DO_NOT_USE.filter((n) => new RegExp(`(?<!\\d)${n.digits}(?!\\d)`).test(whole))).toEqual([]);
});

test.each([
  ["Monday 10:00", MONDAY_10],
  ["Sunday 03:00", SUNDAY_3],
])("shows one to five cards with an open line first for every need and place on %s", (_name, now) => {
  const banned = new Set(DO_NOT_USE.map((n) => n.digits));
  for (const query of allQueries()) {
    const cards = directory.find(query, now);
    expect(cards.length).toBeGreaterThanOrEqual(1);
    expect(cards.length).toBeLessThanOrEqual(5);
    expect(cards[0]?.unchecked).toBe(false);
    expect(cards[0]?.phones[0]?.open).toBe("always");
    const numbers = cards.flatMap((card) => card.phones.map((phone) => digits(phone.tel)));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((n) => banned.has(n))).toEqual([]);
    const marks = cards.map((card) => Number(card.unchecked));
    expect(marks).toEqual([...marks].sort());
  }
});

test("shows nobody a doubtful entry before a call", () => {
  const sure = new Set(
    SERVICES.filter((s) => s.show === "default" || (s.confidence === "high" && !s.conflict)).map((s) => s.id),
  );
  const shown = new Set(allQueries().flatMap((query) => directory.find(query, MONDAY_10).map((card) => card.id)));
  expect([...shown].filter((id) => !sure.has(id))).toEqual([]);
});

test("puts 113 first when it is urgent, with 115 where people may be hurt", () => {
  expect(ids({ urgent: true }).slice(0, 2)).toEqual(["nat-113", "nat-115"]);
  expect(ids({ urgent: true, need: "trafficking" })[0]).toBe("nat-113");
  expect(ids({ urgent: true, need: "self-harm" }).slice(0, 2)).toEqual(["nat-115", "nat-113"]);
});

test("puts 111 first for a child, and right after the emergency number when it is urgent", () => {
  expect(ids({ child: true })[0]).toBe("nat-111-child");
  expect(ids({ child: true, urgent: true }).slice(0, 3)).toEqual(["nat-113", "nat-111-child", "nat-115"]);
  expect(ids({ need: "child-abuse" })[0]).toBe("nat-111-child");
});

test("leads a child to Take It Down and an adult to StopNCII", () => {
  expect(ids({ need: "image-abuse" })).toContain("plat-stopncii");
  expect(ids({ need: "image-abuse", child: true })).toContain("plat-takeitdown");
  expect(ids({ need: "image-abuse", child: true })).not.toContain("plat-stopncii");
});

test("puts a service of the place before one for the whole country", () => {
  const cards = ids({ provinceCode: "79", need: "shelter" });
  expect(cards.indexOf("p79-1900545559")).toBeLessThan(cards.indexOf("nat-peace-house"));
  expect(ids({ provinceCode: "01", need: "shelter" })).not.toContain("p79-1900545559");
});

test("marks what nobody has called yet, what is charged and what is recorded", () => {
  const cards = directory.find({ ...plain, provinceCode: "79" }, MONDAY_10);
  const local = cards.find((card) => card.id === "p79-1900545559");
  expect(local).toMatchObject({ unchecked: true, phones: [{ cost: "charged", open: "always" }] });
  expect(cards.find((card) => card.id === "nat-111-child")?.recorded).toBe(true);
});

test("says when a line is open, by the clock of Việt Nam", () => {
  const legal = (now: number) =>
    directory.find({ ...plain, need: "legal" }, now).find((card) => card.id === "nat-legal-aid-1233")?.phones[0];
  expect(legal(MONDAY_10)).toMatchObject({
    open: "open",
    hours: { vi: "thứ Hai – thứ Sáu, 08:00–17:00", en: "Mon–Fri, 08:00–17:00" },
  });
  expect(legal(SUNDAY_3)?.open).toBe("closed");
  expect(legal(Date.parse("2026-11-23T17:00:00+07:00"))?.open).toBe("closed");
});

test("hides what has lapsed before a call and keeps it off the first place otherwise", () => {
  const cards = directory.find(plain, AFTER_90_DAYS);
  expect(cards.some((card) => card.unchecked)).toBe(false);
  const old = (s: Service): Service => (s.id === "nat-113" ? { ...s, lapses: "2026-11-01" } : s);
  const found = createDirectory(SERVICES.map(old), NEED_MAP, WORDS).find({ ...plain, urgent: true }, MONDAY_10);
  expect(found[0]).toMatchObject({ id: "nat-115", unchecked: false });
  expect(found.find((card) => card.id === "nat-113")?.unchecked ?? true).toBe(true);
});

test("still shows the emergency numbers, marked, when everything has lapsed", () => {
  const [first] = directory.find({ ...plain, urgent: true }, YEARS_LATER);
  expect(first).toMatchObject({ id: "nat-113", unchecked: true });
});

test("names every lapsed entry for the check", () => {
  expect(directory.problems(MONDAY_10)).toEqual([]);
  expect(directory.problems(AFTER_90_DAYS)).toHaveLength(60);
  expect(directory.problems(YEARS_LATER)).toHaveLength(76);
});

test("reads out single days, runs and every day, and a span over midnight", () => {
  const spans = ["22:00-06:00"];
  expect(readOut({ days: ["wed", "fri", "sat", "sun"], spans }, WORDS)?.vi).toBe(
    "thứ Tư, thứ Sáu – Chủ nhật, 22:00–06:00",
  );
  expect(readOut({ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], spans }, WORDS)?.en).toBe(
    "every day, 22:00–06:00",
  );
  expect(opennessAt({ days: ["sat"], spans }, SUNDAY_3)).toBe("open");
  expect(opennessAt({ days: ["sun"], spans }, SUNDAY_3)).toBe("closed");
});
