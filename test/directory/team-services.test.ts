import { describe, expect, test } from "vitest";
import { monthsAfter } from "../../src/directory/days.ts";
import { dueServices } from "../../src/directory/due.ts";
import { createDirectory } from "../../src/directory/services.ts";
import {
  CHECK_HOLDS_MONTHS,
  listServices,
  NO_TEAM_SERVICES,
  OwnService,
  type ServiceCheck,
  type TeamServices,
  triedOf,
} from "../../src/directory/team-services.ts";
import { DO_NOT_USE, NEED_MAP, SERVICES, WORDS } from "./content.ts";

const NOW = Date.parse("2026-11-23T10:00:00+07:00");
const CALLED = "2026-11-20";
/** Doubtful, so hidden until somebody calls. */
const HIDDEN = "p22-anh-duong";

const OWN = OwnService.parse({
  id: "own-22-hoi-phu-nu",
  names: { vi: "Hội Phụ nữ", en: "Women's Union" },
  kind: "women's-union",
  needs: ["domestic-violence", "talk-to-person"],
  place: "22",
  phones: [{ number: "0203 3 555 666", tel: "+842033555666", cost: "standard", hours: "24/7" }],
  url: null,
  address: null,
  note: null,
  languages: ["vi"],
  source: "Công văn",
  checked: { by: "Cán bộ A", on: CALLED },
});

function check(id: string, answer: ServiceCheck["answer"], on = CALLED): TeamServices {
  const service = SERVICES.find((one) => one.id === id) ?? expect.fail(id);
  return { own: [], checks: { [id]: { by: "Cán bộ A", on, answer, tried: triedOf(service) } } };
}

function cardsWith(team: TeamServices, now = NOW, shipped = SERVICES) {
  const directory = createDirectory(listServices(shipped, team, DO_NOT_USE), NEED_MAP, WORDS);
  const query = { need: "domestic-violence", provinceCode: "22", urgent: false, child: false, lang: "vi" } as const;
  return directory.find(query, now);
}

const shows = (team: TeamServices, id: string, now = NOW) => cardsWith(team, now).some((card) => card.id === id);

describe("a recorded call", () => {
  test("that works shows a hidden entry, without a mark", () => {
    expect(shows(NO_TEAM_SERVICES, HIDDEN)).toBe(false);
    expect(cardsWith(check(HIDDEN, "works")).find(({ id }) => id === HIDDEN)).toMatchObject({ unchecked: false });
  });

  test("counts for some months, and then the entry is hidden again", () => {
    const until = monthsAfter(CALLED, CHECK_HOLDS_MONTHS);
    const lapse = Date.parse(`${until}T00:00:00+07:00`);
    expect(shows(check(HIDDEN, "works"), HIDDEN, lapse - 1)).toBe(true);
    expect(shows(check(HIDDEN, "works"), HIDDEN, lapse)).toBe(false);
  });

  test("never brings the lapse of a published entry forward, and renews a late one", () => {
    const lapseOf = (on: string) =>
      listServices(SERVICES, check("nat-113", "works", on), []).find(({ id }) => id === "nat-113")?.lapses;
    expect(lapseOf(CALLED)).toBe("2027-10-01");
    expect(lapseOf("2027-09-01")).toBe("2027-12-01");
  });

  test.each(["wrong", "changed"] as const)("that says %s hides the entry, but no emergency line", (answer) => {
    expect(shows(NO_TEAM_SERVICES, "nat-peace-house")).toBe(true);
    expect(shows(check("nat-peace-house", answer), "nat-peace-house")).toBe(false);
    expect(shows(check("nat-113", answer), "nat-113")).toBe(true);
  });

  test("says nothing about a number that was put in later", () => {
    const corrected = SERVICES.map((one) =>
      one.id === HIDDEN ? { ...one, phones: one.phones.map((phone) => ({ ...phone, tel: "+842033555777" })) } : one,
    );
    const cards = cardsWith(check(HIDDEN, "works"), NOW, corrected);
    expect(cards.some(({ id }) => id === HIDDEN)).toBe(false);
  });
});

describe("an entry of the team", () => {
  const team = { own: [OWN], checks: {} };

  test("is shown in its place, before the services for the whole country", () => {
    const ids = cardsWith(team).map(({ id }) => id);
    expect(ids.indexOf(OWN.id)).toBe(1);
    const elsewhere = createDirectory(listServices(SERVICES, team, []), NEED_MAP, WORDS);
    const query = { need: "domestic-violence", provinceCode: "01", urgent: false, child: false, lang: "vi" } as const;
    expect(elsewhere.find(query, NOW).map(({ id }) => id)).not.toContain(OWN.id);
  });

  test("never tells citizens who called", () => {
    expect(JSON.stringify(cardsWith(team))).not.toContain("Cán bộ A");
  });

  test("is hidden by a later failed call, and comes back when it is entered again", () => {
    const failed = { by: "B", on: "2026-11-21", answer: "wrong" as const, tried: ["+842033555666"] };
    expect(shows({ own: [OWN], checks: { [OWN.id]: failed } }, OWN.id)).toBe(false);
    const again = { ...OWN, checked: { by: "A", on: "2026-11-22" } };
    expect(shows({ own: [again], checks: { [OWN.id]: failed } }, OWN.id)).toBe(true);
  });

  test("with a number that must not be used is left out, however it came into the file", () => {
    const [banned] = DO_NOT_USE;
    const tel = banned?.digits ?? expect.fail("no such number");
    const bad = { ...OWN, phones: OWN.phones.map((phone) => ({ ...phone, number: tel, tel })) };
    expect(shows({ own: [bad], checks: {} }, OWN.id)).toBe(false);
  });

  test("keeps the address of a shelter to itself", () => {
    const house = { ...OWN, kind: "shelter" as const, address: "Ngõ bí mật" };
    expect(JSON.stringify(cardsWith({ own: [house], checks: {} }))).not.toContain("bí mật");
  });
});

test("the list of calls to make: lapsed, failed, lapsing, never called", () => {
  const reasons = (team: TeamServices, now: number) => {
    const due = dueServices(SERVICES, team, now);
    return (["lapsed", "failed", "lapsing", "never-called"] as const).map(
      (reason) => due.filter((one) => one.reason === reason).length,
    );
  };
  expect(reasons(NO_TEAM_SERVICES, NOW)).toEqual([0, 0, 0, 60]);
  expect(reasons(check("nat-peace-house", "wrong"), NOW)).toEqual([0, 1, 0, 59]);
  expect(reasons(check("nat-peace-house", "works"), NOW)).toEqual([0, 0, 0, 59]);
  expect(reasons({ own: [OWN], checks: {} }, Date.parse("2027-02-01T00:00:00+07:00"))).toEqual([0, 0, 1, 60]);
  expect(reasons({ own: [OWN], checks: {} }, Date.parse("2027-11-01T00:00:00+07:00"))).toEqual([17, 0, 0, 60]);
});

test.each([
  ["2026-11-30", 3, "2027-02-28"],
  ["2026-11-20", 3, "2027-02-20"],
  ["2027-11-30", 3, "2028-02-29"],
  ["2026-01-31", 1, "2026-02-28"],
])("%s and %i months is %s", (day, months, later) => {
  expect(monthsAfter(day, months)).toBe(later);
});
