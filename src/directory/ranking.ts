import type { z } from "zod";
import type { Lang, Need } from "../flow/ids.ts";
import { dayStart } from "./days.ts";
import { AMBULANCE } from "./emergency.ts";
import { opennessAt } from "./hours.ts";
import type { Listed, NeedMap } from "./service.ts";

export interface ServiceQuery {
  readonly need: Need;
  /** Two digits; undefined: only services for the whole country. */
  readonly provinceCode: string | undefined;
  /** Five digits, inside the province, when it is known that closely. */
  readonly communeCode?: string | undefined;
  readonly urgent: boolean;
  readonly child: boolean;
  readonly lang: Lang;
}

/** A query with the finer needs of the directory that it stands for, the nearest first. */
export interface Wish extends ServiceQuery {
  readonly wanted: readonly string[];
}

export function wishOf(query: ServiceQuery, map: z.infer<typeof NeedMap>): Wish {
  const { need, child } = query;
  const wanted = [need, ...map.needs[need], ...(child ? map.needs["child-abuse"] : [])];
  return { ...query, wanted };
}

/** The publishing rule: what may be shown before a call, and until when. */
export function isShown(service: Listed, now: number): boolean {
  if (service.show === "default") return service.byCall === undefined || !hasLapsed(service, now);
  return service.show === "after-check" && isSure(service) && !hasLapsed(service, now);
}

/** What may stand below an emergency number, marked, when nothing else is left: it was called once, or its sources agree. */
export function isSpare(service: Listed, now: number): boolean {
  const known = service.byCall === true || (service.show === "after-check" && isSure(service));
  return known && hasLapsed(service, now);
}

/** Days begin at midnight in Việt Nam. */
export function hasLapsed(service: Listed, now: number): boolean {
  return now >= dayStart(service.lapses);
}

export function serves(service: Listed, wish: Wish): boolean {
  if (distance(service, wish) === undefined) return false;
  if (!(KIND_SERVES[service.kind]?.includes(wish.need) ?? true)) return false;
  if (wish.need === "talk-to-person" && service.phones.length === 0) return false;
  if (service.id === AMBULANCE && !wish.urgent && !CARE_NEEDS.includes(wish.need)) return false;
  if (wish.child && ADULTS_ONLY.includes(service.id)) return false;
  if (service.show !== "default" && isApart(service, wish)) return false;
  return service.needs.some((need) => wish.wanted.includes(need));
}

/** The smaller, the earlier; compared from left to right. */
export function rankOf(service: Listed, wish: Wish, now: number): readonly number[] {
  const forChildren = wish.child && service.needs.includes("child-abuse");
  return [
    Number(hasLapsed(service, now)),
    Number(service.show !== "default"),
    Number(isApart(service, wish)),
    availability(service, now),
    Number(isForeign(service, wish.lang)),
    distance(service, wish) ?? WHOLE_COUNTRY,
    Number(wish.child && !forChildren),
    relevance(service, wish.wanted),
  ];
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? 0;
    if (left !== right) return left - right;
  }
  return 0;
}

/** Needs that a hospital may be the first door for, also without danger at this moment. */
const CARE_NEEDS: readonly Need[] = ["sexual-violence", "self-harm"];
/** A service mainly for one of these comes late for everybody else; before a call, not at all. */
const SPECIAL_NEEDS: readonly string[] = ["child-abuse", "trafficking", "abroad", "disability", "scam", "fire-rescue"];

/** Kinds that help with these needs only, whatever else they list. */
const KIND_SERVES: { readonly [kind in Listed["kind"]]?: readonly Need[] } = {
  trafficking: ["trafficking"],
  "platform-takedown": ["online-abuse", "image-abuse"],
  "emergency-medical": ["domestic-violence", "sexual-violence", "child-abuse", "self-harm"],
};
/** Takes reports from people of 18 and older only, by its own rules. */
const ADULTS_ONLY: readonly string[] = ["plat-stopncii"];

const SAME_COMMUNE = 0;
const SAME_PROVINCE = 1;
const WHOLE_COUNTRY = 2;

/** Undefined for a service of another place. */
function distance({ coverage }: Listed, { provinceCode, communeCode }: ServiceQuery): number | undefined {
  if (coverage === "national") return WHOLE_COUNTRY;
  if (communeCode !== undefined && coverage.includes(communeCode)) return SAME_COMMUNE;
  return provinceCode !== undefined && coverage.includes(provinceCode) ? SAME_PROVINCE : undefined;
}

function isSure(service: Listed): boolean {
  return service.confidence === "high" && !service.conflict;
}

/** Mainly for people in another situation than this one. */
function isApart(service: Listed, { wanted }: Wish): boolean {
  const [main = ""] = service.needs;
  return SPECIAL_NEEDS.includes(main) && !wanted.includes(main);
}

/** Nobody who answers the phone is known to speak this language. */
function isForeign(service: Listed, lang: Lang): boolean {
  return service.phones.length > 0 && !service.languages.includes(lang);
}

function availability(service: Listed, now: number): number {
  if (service.phones.length === 0) return service.url === null ? 1 : 0;
  return Math.min(...service.phones.map((phone) => OPENNESS_RANK[opennessAt(phone.hours, now)]));
}

const OPENNESS_RANK = { always: 0, open: 0, unknown: 1, closed: 2 } as const;

/** How early the needs stand on both sides: what is asked for, and what the service is for. */
function relevance(service: Listed, wanted: readonly string[]): number {
  return Math.min(
    ...service.needs.map((need, at) => (wanted.includes(need) ? wanted.indexOf(need) * 10 + at : Number.MAX_VALUE)),
  );
}
