import { describe, expect, test } from "vitest";
import { coverageOf, gridHours } from "../../src/directory/coverage.ts";
import { createPlaces } from "../../src/directory/places.ts";
import type { Listed } from "../../src/directory/service.ts";
import { createDirectory } from "../../src/directory/services.ts";
import { NEEDS } from "../../src/flow/ids.ts";
import { NEED_MAP, SERVICES, shippedPlaces, WORDS } from "./content.ts";

const NOW = Date.parse("2026-11-22T12:00:00+07:00");
const { provinceOf } = createPlaces(shippedPlaces());
const provinces = shippedPlaces().provinces.provinces.map(({ code }) => code);

function gridWith(services: readonly Listed[]) {
  const directory = createDirectory(services, NEED_MAP, WORDS);
  const grid = coverageOf({ directory, services, needMap: NEED_MAP, provinces, provinceOf }, NOW);
  return (province: string, need: (typeof NEEDS)[number]) =>
    grid.find((one) => one.province === province && one.need === need) ?? expect.fail("no such cell");
}

test("there is a cell for every province and need, and never an empty one", () => {
  const directory = createDirectory(SERVICES, NEED_MAP, WORDS);
  const grid = coverageOf({ directory, services: SERVICES, needMap: NEED_MAP, provinces, provinceOf }, NOW);
  expect(grid).toHaveLength(34 * NEEDS.length);
  expect(grid.filter(({ day, night }) => day.cards.length === 0 || night.cards.length === 0)).toEqual([]);
});

test("the hours are the coming Monday at 10:00 and Sunday at 03:00 in Việt Nam", () => {
  expect(gridHours(NOW)).toEqual({
    day: Date.parse("2026-11-23T10:00:00+07:00"),
    night: Date.parse("2026-11-29T03:00:00+07:00"),
  });
});

describe("a cell says who answers beyond the emergency lines", () => {
  const cell = gridWith(SERVICES);

  test("somebody of the place, somebody for the whole country, and whether anybody called", () => {
    expect(cell("38", "shelter").day).toMatchObject({ reach: "local", sure: false });
    expect(cell("04", "legal").day).toMatchObject({ reach: "national", sure: false });
    expect(cell("04", "image-abuse").night).toMatchObject({ reach: "national", sure: true });
  });

  test("or nobody", () => {
    const emergency = SERVICES.filter(({ id }) => /^nat-11\d/.test(id));
    expect(gridWith(emergency)("04", "legal").day).toMatchObject({ reach: "emergency", sure: true });
  });
});

test("a gap is closed by a shown entry of the province or of one of its communes", () => {
  const cell = gridWith(SERVICES);
  expect(cell("22", "domestic-violence").gap).toBe(true);
  expect(cell("38", "domestic-violence").gap).toBe(false);
  const ward = SERVICES.map((one): Listed => (one.id === "c07135-committee" ? { ...one, show: "default" } : one));
  expect(gridWith(ward)("22", "domestic-violence").gap).toBe(false);
});
