import type { z } from "zod";
import { NEEDS, type Need } from "../flow/ids.ts";
import type { ServiceCard } from "../flow/screen.ts";
import { EMERGENCY } from "./emergency.ts";
import { isShown, serves, wishOf } from "./ranking.ts";
import type { Listed, NeedMap } from "./service.ts";
import type { Directory } from "./services.ts";

/** Who answers beyond the emergency lines: somebody of the place, somebody for the whole country, nobody. */
export type Reach = "local" | "national" | "emergency";

/** What somebody in a province sees for a need at one hour, and who of that answers then. */
export interface Seen {
  readonly reach: Reach;
  /** One of those who answer may be shown without a mark. */
  readonly sure: boolean;
  readonly cards: readonly ServiceCard[];
}

export interface Coverage {
  readonly province: string;
  readonly need: Need;
  readonly day: Seen;
  readonly night: Seen;
  /** Nothing of the province, or of a commune in it, is shown for this need. */
  readonly gap: boolean;
}

export interface CoverageSources {
  readonly directory: Pick<Directory, "find">;
  readonly services: readonly Listed[];
  readonly needMap: z.infer<typeof NeedMap>;
  readonly provinces: readonly string[];
  provinceOf(place: string): string | undefined;
}

/** One entry for each province and need. Both hours are the coming ones after `now`. */
export function coverageOf(sources: CoverageSources, now: number): readonly Coverage[] {
  const { day, night } = gridHours(now);
  const local = new Set(sources.services.filter((one) => one.coverage !== "national").map(({ id }) => id));
  return sources.provinces.flatMap((province) =>
    NEEDS.map((need) => ({
      ...{ province, need },
      day: seenAt(sources, local, { province, need }, day),
      night: seenAt(sources, local, { province, need }, night),
      gap: !sources.services.some((service) => fills(sources, service, { province, need }, now)),
    })),
  );
}

/** Monday at 10:00 and Sunday at 03:00, the next ones in Việt Nam after `now`. */
export function gridHours(now: number): { readonly day: number; readonly night: number } {
  return { day: next(now, MONDAY_10_MS), night: next(now, SUNDAY_3_MS) };
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** 1 January 1970, 00:00 UTC, was a Thursday, 07:00 in Việt Nam. */
const MONDAY_10_MS = 4 * 24 * HOUR_MS + 3 * HOUR_MS;
const SUNDAY_3_MS = 2 * 24 * HOUR_MS + 20 * HOUR_MS;

function next(now: number, within: number): number {
  return now + ((((within - now) % WEEK_MS) + WEEK_MS) % WEEK_MS);
}

interface Spot {
  readonly province: string;
  readonly need: Need;
}

function seenAt({ directory }: CoverageSources, local: ReadonlySet<string>, spot: Spot, at: number): Seen {
  const query = { need: spot.need, provinceCode: spot.province, urgent: false, child: false, lang: "vi" } as const;
  const cards = directory.find(query, at);
  const answering = cards.filter((card) => !EMERGENCY.has(card.id) && answers(card));
  const near = answering.filter(({ id }) => local.has(id));
  const nearest = near.length > 0 ? near : answering;
  const reach = near.length > 0 ? "local" : answering.length > 0 ? "national" : "emergency";
  return { reach, sure: nearest.length === 0 || nearest.some(({ unchecked }) => !unchecked), cards };
}

/** A line that is open, or a page that is always there. A desk without known hours does not count. */
function answers({ phones, url }: ServiceCard): boolean {
  if (phones.length === 0) return url !== null;
  return phones.some(({ open }) => open === "always" || open === "open");
}

function fills(sources: CoverageSources, service: Listed, { province, need }: Spot, now: number): boolean {
  const { coverage } = service;
  if (coverage === "national" || !isShown(service, now)) return false;
  return coverage
    .filter((place) => sources.provinceOf(place) === province)
    .some((place) => {
      const query = {
        need,
        provinceCode: province,
        communeCode: place,
        urgent: false,
        child: false,
        lang: "vi",
      } as const;
      return serves(service, wishOf(query, sources.needMap));
    });
}
