import { describe, expect, test } from "vitest";
import { csvRow } from "../../src/directory/csv.ts";
import { type Import, type ImportRules, importServices } from "../../src/directory/import.ts";
import { COLUMNS, type Column, nameKey } from "../../src/directory/import-rows.ts";
import { createPlaces } from "../../src/directory/places.ts";
import { NO_TEAM_SERVICES, TeamServices } from "../../src/directory/team-services.ts";
import { DO_NOT_USE, SERVICES, shippedPlaces } from "./content.ts";

const places = createPlaces(shippedPlaces());
const RULES: ImportRules = {
  now: Date.parse("2026-11-23T10:00:00+07:00"),
  today: "2026-11-23",
  banned: DO_NOT_USE,
  places,
  provinceNames: new Set(shippedPlaces().provinces.provinces.map(({ names }) => nameKey(names.vi))),
  provinceOf: places.provinceOf,
  shipped: SERVICES,
  team: NO_TEAM_SERVICES,
};

type Cells = Partial<Record<Column, string>>;

const GOOD: Cells = {
  name_vi: "Công an phường Hồng Bàng",
  name_en: "Hong Bang ward police",
  kind: "police",
  needs: "domestic-violence, child-abuse",
  place: "phường Hồng Bàng, Hải Phòng",
  phone: "0225 3 555 666",
  cost: "standard",
  hours: "T2-T6 7h30-11h30, 13:30-17h",
  note_vi: "Trực ban; có thể đến trực tiếp.",
  note_en: "Duty desk; you can go there.",
  languages: "vi en",
  checked_by: "Cán bộ A",
  checked_on: "20/11/2026",
  source: "Công văn mẫu",
};

function file(...rows: readonly Cells[]): string {
  const lines = rows.map((cells) => csvRow(COLUMNS.map((column) => cells[column] ?? "")));
  return [csvRow(COLUMNS), ...lines].join("\n");
}

function importing(text: string, team: TeamServices = NO_TEAM_SERVICES): Import {
  return importServices(text, { ...RULES, team });
}

function taken(outcome: Import) {
  return outcome.kind === "good" ? outcome : expect.fail(JSON.stringify(outcome));
}

/** Row, column and code of everything that is wrong. */
function problems(text: string, team?: TeamServices): string[] {
  const outcome = importing(text, team);
  if (outcome.kind !== "bad-rows") return expect.fail(`not bad rows: ${outcome.kind}`);
  return outcome.problems.map(({ row, column, code }) => `${row} ${column ?? "row"} ${code}`);
}

test("a good row becomes an entry of its commune", () => {
  const { team, added } = taken(importing(file(GOOD)));
  expect(added).toEqual(team.own);
  expect(added).toEqual([
    {
      id: "own-11311-cong-an-phuong-hong-bang",
      names: { vi: "Công an phường Hồng Bàng", en: "Hong Bang ward police" },
      kind: "police",
      needs: ["domestic-violence", "child-abuse"],
      place: "11311",
      phones: [
        {
          number: "0225 3 555 666",
          tel: "+842253555666",
          cost: "standard",
          hours: { days: ["mon", "tue", "wed", "thu", "fri"], spans: ["07:30-11:30", "13:30-17:00"] },
        },
      ],
      url: null,
      address: null,
      note: { vi: "Trực ban; có thể đến trực tiếp.", en: "Duty desk; you can go there." },
      languages: ["vi", "en"],
      source: "Công văn mẫu",
      checked: { by: "Cán bộ A", on: "2026-11-20" },
    },
  ]);
});

test.each<[string, Cells, string]>([
  ["a missing name", { name_vi: "" }, "name_vi missing"],
  ["a name of stops only", { name_vi: "…" }, "name_vi missing"],
  ["a name without its English", { name_en: " " }, "name_en missing"],
  ["a name without end", { name_vi: "a".repeat(121) }, "name_vi too-long"],
  ["a kind of one's own", { kind: "công an" }, "kind kind"],
  ["a need of one's own", { needs: "domestic-violence help" }, "needs needs"],
  ["a code without its 0", { place: "1" }, "place place-code"],
  ["a code of nowhere", { place: "99999" }, "place place-code"],
  ["a place that is none", { place: "nơi không có thật" }, "place place-unknown"],
  ["a part of a province as the province", { place: "Long Biên" }, "place place-wide"],
  ["a number that lost its 0", { phone: "963061415" }, "phone phone-zero"],
  ["letters for a number", { phone: "0xxx xxx xxx" }, "phone phone-form"],
  ["a cost of one's own", { cost: "rẻ" }, "cost cost"],
  ["a 1900 line called free", { phone: "1900 1234", cost: "free" }, "cost cost-1900"],
  ["hours in words", { hours: "giờ hành chính" }, "hours hours"],
  ["hours that do not exist", { hours: "T2 25:00-26:00" }, "hours hours"],
  ["a page without https", { url: "example.gov.vn" }, "url url"],
  ["a note in one language", { note_en: "" }, "note_en other-language"],
  ["a language in words", { languages: "tiếng Việt" }, "languages languages"],
  ["nobody who called", { checked_by: "" }, "checked_by missing"],
  ["a day that does not exist", { checked_on: "31/11/2026" }, "checked_on day-form"],
  ["a call to come", { checked_on: "2026-11-24" }, "checked_on day-future"],
  ["a call long ago", { checked_on: "2026-08-01" }, "checked_on day-old"],
  ["no source", { source: "" }, "source missing"],
  ["a number in the note", { note_vi: "Gọi 0225 3 555 666." }, "note_vi number-in-text"],
  ["a number that must not be used", { phone: "1800 599 920" }, "phone banned"],
  ["the same in the international form", { phone: "+84 339 035 656" }, "phone banned"],
  ["the same hidden in a name", { name_vi: "Tổng đài 1800.599.920" }, "name_vi banned"],
  ["no way to reach it", { phone: "" }, "phone no-way-in"],
  ["the address of a shelter", { kind: "shelter", address: "Số 1" }, "address shelter-address"],
  ["the address of a house people stay in", { needs: "shelter", address: "Số 1" }, "address shelter-address"],
  ["an emergency number", { phone: "113" }, "phone number-listed"],
  ["a number that is listed already", { phone: "1800 1233" }, "phone number-listed"],
])("%s is refused", (_, change, problem) => {
  expect(problems(file({ ...GOOD, ...change }))).toEqual([`2 ${problem}`]);
});

test("a place that several communes share is refused with their codes", () => {
  const outcome = importing(file({ ...GOOD, place: "xã Tân An" }));
  const [problem] = outcome.kind === "bad-rows" ? outcome.problems : [];
  expect(problem).toMatchObject({ column: "place", code: "place-several" });
  expect(problem?.params["places"]).toMatch(/\(\d{5}\)/);
});

test("every bad row is reported, by the spreadsheet's own numbers", () => {
  const text = file(GOOD, { ...GOOD, kind: "x", checked_on: "y" }, {}, { ...GOOD, place: "0" });
  expect(problems(text)).toEqual(["3 kind kind", "3 checked_on day-form", "5 place place-code"]);
  expect(problems(`${file(GOOD)},,,,one cell too many`)).toEqual(["2 row cells"]);
});

describe("the same twice", () => {
  const other: Cells = { ...GOOD, name_vi: "Hội Phụ nữ phường", kind: "women's-union" };

  test("in one file is refused: the same name, the same number", () => {
    expect(problems(file(GOOD, GOOD))).toEqual(["3 name_vi same-row"]);
    expect(problems(file(GOOD, other))).toEqual(["3 phone number-twice"]);
  });

  test("in the data folder is refused for one place, and told for another", () => {
    const { team } = taken(importing(file(GOOD)));
    expect(problems(file(other), team)).toEqual(["2 phone number-twice"]);
    const { shared } = taken(importing(file({ ...other, place: "22" }), team));
    expect(shared).toHaveLength(1);
  });

  test("is no reason when the listed entry turned out to be wrong", () => {
    const failed = { by: "A", on: "2026-11-20", answer: "wrong" as const, tried: ["18001233"] };
    const team = { own: [], checks: { "nat-legal-aid-1233": failed } };
    expect(taken(importing(file({ ...GOOD, phone: "1800 1233" }), team)).added).toHaveLength(1);
  });
});

describe("importing again", () => {
  const { team } = taken(importing(file(GOOD, { ...GOOD, name_vi: "Hội Phụ nữ", phone: "0225 3 555 777" })));

  test("changes nothing when nothing is new, also after a way through JSON", () => {
    const stored = TeamServices.parse(JSON.parse(JSON.stringify(team)));
    const again = taken(importing(file(GOOD), stored));
    expect([again.added, again.replaced, again.unchanged.length]).toEqual([[], [], 1]);
    expect(again.team).toEqual(team);
  });

  test("replaces an entry by its row, and leaves the others alone", () => {
    const again = taken(importing(file({ ...GOOD, phone: "0225 3 555 888" }), team));
    expect(again.replaced.map(({ id }) => id)).toEqual(["own-11311-cong-an-phuong-hong-bang"]);
    expect(again.team.own.map(({ phones }) => phones[0]?.tel)).toEqual(["+842253555888", "+842253555777"]);
  });
});

test.each([
  ["an empty file", "", "empty"],
  ["a file with a head only", csvRow(COLUMNS), "empty"],
  ["an open quotation mark", `${csvRow(COLUMNS)}\n"a,b`, "quote"],
  ["a missing column", file(GOOD).replace("kind,", ""), "missing-column"],
  ["a column nobody knows", file(GOOD).replace(/^name_vi/, "extra,name_vi"), "unknown-column"],
  ["a column twice", file(GOOD).replace(/^name_vi/, "name_vi,name_vi"), "double-column"],
])("%s is refused as a whole", (_, text, code) => {
  expect(importing(text)).toMatchObject({ kind: "refused", why: { code } });
});

test("columns that a file can do without may be missing", () => {
  const kept = COLUMNS.filter((column) => !["address", "url", "note_vi", "note_en", "languages"].includes(column));
  const text = `${csvRow(kept)}\n${csvRow(kept.map((column) => GOOD[column] ?? ""))}`;
  expect(taken(importing(text)).added).toMatchObject([{ address: null, url: null, note: null, languages: ["vi"] }]);
});

test("columns may stand in any order, with capitals and blanks round their names", () => {
  const order = [...COLUMNS].reverse();
  const head = csvRow(order.map((column) => ` ${column.toUpperCase()} `));
  const text = `${head}\n${csvRow(order.map((column) => GOOD[column] ?? ""))}`;
  expect(taken(importing(text)).team).toEqual(taken(importing(file(GOOD))).team);
});

test.each([
  ["24/7", "24/7"],
  ["", "unknown"],
  ["daily 8h-21h", { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], spans: ["08:00-21:00"] }],
  ["T7, CN 22:00-06:00", { days: ["sat", "sun"], spans: ["22:00-06:00"] }],
  ["sat-mon 8:00 – 9:00", { days: ["mon", "sat", "sun"], spans: ["08:00-09:00"] }],
])("hours written %s are understood", (hours, expected) => {
  const [entry] = taken(importing(file({ ...GOOD, hours }))).added;
  expect(entry?.phones[0]?.hours).toEqual(expected);
});

test.each([
  ["0225 3 555 666 / 0912.345.678", ["+842253555666", "+84912345678"]],
  ["(0225) 3555-666", ["+842253555666"]],
  ["+84 225 3555 666", ["+842253555666"]],
  ["1022", ["1022"]],
  ["1800 9999", ["18009999"]],
])("a number written %s can be called", (phone, tels) => {
  const [entry] = taken(importing(file({ ...GOOD, phone }))).added;
  expect(entry?.phones.map(({ tel }) => tel)).toEqual(tels);
});
