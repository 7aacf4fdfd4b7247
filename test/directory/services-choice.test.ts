import { expect, test } from "vitest";
import { EMERGENCY } from "../../src/directory/emergency.ts";
import type { ServiceQuery } from "../../src/directory/ranking.ts";
import type { Listed } from "../../src/directory/service.ts";
import { createDirectory } from "../../src/directory/services.ts";
import { NEEDS } from "../../src/flow/ids.ts";
import { NEED_MAP, SERVICES, WORDS } from "./content.ts";

const MONDAY_10 = Date.parse("2026-11-23T10:00:00+07:00");
const FRIDAY_20 = Date.parse("2026-11-27T20:00:00+07:00");
const SUNDAY_20 = Date.parse("2026-11-29T20:00:00+07:00");
const MONDAY_6 = Date.parse("2026-11-30T06:00:00+07:00");
const AFTER_90_DAYS = Date.parse("2027-03-01T10:00:00+07:00");
const YEARS_LATER = Date.parse("2030-01-01T10:00:00+07:00");

const plain: ServiceQuery = { need: "legal", provinceCode: "01", urgent: false, child: false, lang: "vi" };

/** A line of a place, made of a shipped one. */
function line(id: string, change: Partial<Listed>): Listed {
  const base = SERVICES.find((service) => service.id === "nat-legal-aid-1233") ?? expect.fail("no such service");
  const [phone] = base.phones;
  const tel = `+84${[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 200_000_000)}`;
  const phones = phone === undefined ? [] : [{ ...phone, number: tel, tel, hours: "24/7" as const }];
  return { ...base, id, phones, show: "default", byCall: true, lapses: "2027-02-28", ...change };
}

function idsWith(extra: readonly Listed[], query: Partial<ServiceQuery>, now = MONDAY_10): string[] {
  const directory = createDirectory([...SERVICES, ...extra], NEED_MAP, WORDS);
  return directory.find({ ...plain, ...query }, now).map(({ id }) => id);
}

test("the commune comes before the province, and the province before the whole country", () => {
  const extra = [
    line("country", { kind: "hotline" }),
    line("province", { kind: "women's-union", coverage: ["01"] }),
    line("commune", { kind: "police", coverage: ["00070"] }),
  ];
  expect(idsWith(extra, { communeCode: "00070" }).slice(0, 4)).toEqual(["nat-113", "commune", "province", "country"]);
  expect(idsWith(extra, {})).not.toContain("commune");
  expect(idsWith(extra, { provinceCode: "31", communeCode: "11311" })).toEqual(
    expect.not.arrayContaining(["commune", "province"]),
  );
});

test("the desk of one ward is for people of that ward", () => {
  const called = SERVICES.map((one): Listed => (one.id === "c00070-police" ? { ...one, show: "default" } : one));
  const directory = createDirectory(called, NEED_MAP, WORDS);
  const find = (communeCode: string | undefined) =>
    directory.find({ ...plain, need: "domestic-violence", communeCode }, MONDAY_10).map(({ id }) => id);
  expect(find("00070")).toContain("c00070-police");
  expect(find("00283")).not.toContain("c00070-police");
  expect(find(undefined)).not.toContain("c00070-police");
});

test("what is open now comes before what is near and closed", () => {
  const closed = { days: ["mon" as const], spans: ["08:00-09:00"] };
  const near = line("near", { coverage: ["01"], kind: "women's-union" });
  const shut = { ...near, phones: near.phones.map((phone) => ({ ...phone, hours: closed })) };
  const far = line("far", { kind: "hotline" });
  const ids = idsWith([shut, far], {});
  expect(ids.indexOf("far")).toBeLessThan(ids.indexOf("near"));
});

test("somebody who reads English sees lines that speak it earlier, and which ones do not", () => {
  const extra = [
    line("vietnamese", { kind: "hotline", coverage: ["01"] }),
    line("both", { kind: "women's-union", languages: ["vi", "en"] }),
  ];
  const order = (lang: "vi" | "en") => idsWith(extra, { lang }).filter((id) => ["vietnamese", "both"].includes(id));
  expect(order("vi")).toEqual(["vietnamese", "both"]);
  expect(order("en")).toEqual(["both", "vietnamese"]);
  const [police] = createDirectory(SERVICES, NEED_MAP, WORDS).find({ ...plain, lang: "en" }, MONDAY_10);
  expect(police?.languages).toEqual(["vi"]);
});

test.each([
  ["Friday evening", FRIDAY_20, "08:00 thứ Hai", "08:00 Mon"],
  ["Sunday evening", SUNDAY_20, "08:00 ngày mai", "08:00 tomorrow"],
  ["Monday at six", MONDAY_6, "08:00 hôm nay", "08:00 today"],
])("on %s a closed office says when it opens", (_, now, vi, en) => {
  const cards = createDirectory(SERVICES, NEED_MAP, WORDS).find(plain, now);
  const legal = cards.find(({ id }) => id === "nat-legal-aid-1233")?.phones[0];
  expect(legal).toMatchObject({ open: "closed", opens: { vi, en } });
});

test("a place to go to has its address on the card, a shelter never", () => {
  const directory = createDirectory(SERVICES, NEED_MAP, WORDS);
  const cards = directory.find({ ...plain, need: "sexual-violence", provinceCode: "79" }, MONDAY_10);
  expect(cards.find(({ id }) => id === "p79-bv-hung-vuong")?.address).toContain("Hồng Bàng");
  const house = line("house", { kind: "shelter", needs: ["shelter"], address: "Ngõ bí mật" });
  const found = createDirectory([...SERVICES, house], NEED_MAP, WORDS).find({ ...plain, need: "shelter" }, MONDAY_10);
  expect(found.map(({ id }) => id)).toContain("house");
  expect(JSON.stringify(found)).not.toContain("bí mật");
});

test("when nothing else is left, a lapsed line stands below the emergency number, marked", () => {
  const directory = createDirectory(SERVICES, NEED_MAP, WORDS);
  const [first, ...rest] = directory.find(plain, AFTER_90_DAYS);
  expect(first).toMatchObject({ id: "nat-113", unchecked: false });
  expect(rest.map(({ id }) => id)).toContain("nat-legal-aid-1233");
  for (const card of rest) expect(card).toMatchObject({ unchecked: true, lapsed: true });
});

test("no lapsed entry stands first or alone, unless every emergency line has lapsed", () => {
  const directory = createDirectory(SERVICES, NEED_MAP, WORDS);
  for (const need of NEEDS) {
    for (const urgent of [false, true]) {
      const [first] = directory.find({ ...plain, need, urgent }, AFTER_90_DAYS);
      expect(first?.lapsed).toBeUndefined();
      const years = directory.find({ ...plain, need, urgent }, YEARS_LATER);
      expect(EMERGENCY.has(years[0]?.id ?? "")).toBe(true);
      for (const card of years) expect(card).toMatchObject({ unchecked: true, lapsed: true });
    }
  }
});
