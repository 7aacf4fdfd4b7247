import type { z } from "zod";
import type { Lang, Need } from "../flow/ids.ts";
import type { ServiceCard } from "../flow/screen.ts";
import type { HoursWords } from "./hours.ts";
import { opennessAt, readOut } from "./hours.ts";
import type { NeedMap, Service } from "./service.ts";

export interface ServiceQuery {
  readonly need: Need;
  /** Two digits; undefined: only services for the whole country. */
  readonly provinceCode: string | undefined;
  readonly urgent: boolean;
  readonly child: boolean;
  readonly lang: Lang;
}

export interface Directory {
  /**
   * One to five services (three when it is urgent), the most useful first; the first one answers at `now` (milliseconds since 1970). Entries that
   * the operator has not called are marked, and follow the others. A phone number is shown once.
   */
  find(query: ServiceQuery, now: number): readonly ServiceCard[];
  /** Entries that have lapsed at `now`, for the check. */
  problems(now: number): readonly { readonly id: string; readonly why: string }[];
}

/** `words` are those of `content/services/words.yaml`. */
export function createDirectory(
  services: readonly Service[],
  needMap: z.infer<typeof NeedMap>,
  words: HoursWords,
): Directory {
  return {
    find(query, now) {
      const wanted = wantedNeeds(needMap, query);
      const lines = linesFirst(services, query, now);
      const others = services
        .filter((s) => !lines.includes(s) && isShown(s, now) && serves(s, query, wanted))
        .map((service, at) => ({ service, rank: [...rankOf(service, query, wanted, now), at] }))
        .sort((a, b) => compare(a.rank, b.rank))
        .map(({ service }) => service);
      const most = query.urgent ? MOST_URGENT_CARDS : MOST_CARDS;
      return pick([...lines, ...others], most, (service) => cardOf(service, words, now));
    },
    problems: (now) =>
      services
        .filter((s) => hasLapsed(s, now))
        .map(({ id, lapses }) => ({ id, why: `lapsed on ${lapses}: call or open it, then record the day` })),
  };
}

/** Directory ids of the lines that answer at every hour. */
const POLICE = "nat-113";
const AMBULANCE = "nat-115";
const CHILD_LINE = "nat-111-child";
/** The same line for people who are sold or held. */
const TRAFFICKING_LINE = "nat-111-trafficking";

const ALWAYS_OPEN = [POLICE, CHILD_LINE, TRAFFICKING_LINE, AMBULANCE];

const MOST_CARDS = 5;
/** In danger nobody reads a long list. */
const MOST_URGENT_CARDS = 3;
/** Variety: how many of one kind; of those that can only be visited, one. */
const MOST_OF_A_KIND = 2;
const MOST_PLATFORMS = 3;
const MOST_VISITS = 1;
const INJURY_NEEDS: readonly Need[] = ["domestic-violence", "sexual-violence"];
/** Needs that a hospital may be the first door for, also without danger at this moment. */
const CARE_NEEDS: readonly Need[] = ["sexual-violence", "self-harm"];
/** A service mainly for one of these comes late for everybody else; before a call, not at all. */
const SPECIAL_NEEDS: readonly string[] = ["child-abuse", "trafficking", "abroad", "disability", "scam", "fire-rescue"];

/** Kinds that help with these needs only, whatever else they list. */
const KIND_SERVES: Readonly<Record<string, readonly Need[]>> = {
  trafficking: ["trafficking"],
  "platform-takedown": ["online-abuse", "image-abuse"],
  "emergency-medical": ["domestic-violence", "sexual-violence", "child-abuse", "self-harm"],
};
/** Takes reports from people of 18 and older only, by its own rules. */
const ADULTS_ONLY = ["plat-stopncii"];

/**
 * The lines that stand first. One that has lapsed stands aside while another answers; when all have lapsed they are
 * still shown, marked: a list without an emergency number would be worse.
 */
function linesFirst(services: readonly Service[], query: ServiceQuery, now: number): readonly Service[] {
  const byIds = (ids: readonly string[]) => ids.flatMap((id) => services.filter((s) => s.id === id));
  const leads = byIds(leadIds(query));
  const fresh = leads.filter((s) => !hasLapsed(s, now));
  if (fresh.length > 0) return fresh;
  const other = byIds(ALWAYS_OPEN).find((s) => !hasLapsed(s, now));
  return other === undefined ? leads : [other];
}

/** Ids of what stands first: at least one line that answers at every hour. */
function leadIds({ need, urgent, child }: ServiceQuery): string[] {
  const [first = POLICE, ...rest] = adultLeads(need, urgent);
  if (!child) return [first, ...rest];
  return urgent ? [first, CHILD_LINE, ...rest] : [CHILD_LINE, first, ...rest];
}

function adultLeads(need: Need, urgent: boolean): string[] {
  if (need === "self-harm") return urgent ? [AMBULANCE, POLICE] : [AMBULANCE];
  if (urgent) return INJURY_NEEDS.includes(need) ? [POLICE, AMBULANCE] : [POLICE];
  if (need === "child-abuse") return [CHILD_LINE];
  return need === "trafficking" ? [TRAFFICKING_LINE] : [POLICE];
}

function wantedNeeds(map: z.infer<typeof NeedMap>, { need, child }: ServiceQuery): readonly string[] {
  return child ? [...map.needs[need], ...map.needs["child-abuse"]] : map.needs[need];
}

/** The publishing rule: what may be shown before a call, and until when. */
function isShown(service: Service, now: number): boolean {
  if (service.show === "default") return true;
  return service.show === "after-check" && isSure(service) && !hasLapsed(service, now);
}

function isSure(service: Service): boolean {
  return service.confidence === "high" && !service.conflict;
}

/** Days begin at midnight in Việt Nam. */
function hasLapsed(service: Service, now: number): boolean {
  return now >= Date.parse(`${service.lapses}T00:00:00+07:00`);
}

function serves(service: Service, query: ServiceQuery, wanted: readonly string[]): boolean {
  if (!(KIND_SERVES[service.kind]?.includes(query.need) ?? true)) return false;
  if (query.need === "talk-to-person" && service.phones.length === 0) return false;
  if (service.id === AMBULANCE && !query.urgent && !CARE_NEEDS.includes(query.need)) return false;
  if (query.child && ADULTS_ONLY.includes(service.id)) return false;
  if (service.show !== "default" && isApart(service, wanted)) return false;
  const near = service.coverage === "national" || service.coverage.some((code) => code === query.provinceCode);
  return near && service.needs.some((need) => wanted.includes(need));
}

/** The smaller, the earlier; compared from left to right. */
function rankOf(service: Service, query: ServiceQuery, wanted: readonly string[], now: number): number[] {
  const forChildren = query.child && service.needs.includes("child-abuse");
  return [
    Number(hasLapsed(service, now)),
    Number(service.show !== "default"),
    Number(isApart(service, wanted)),
    availability(service, now),
    Number(service.coverage === "national"),
    Number(query.child && !forChildren),
    relevance(service, wanted),
    Number(service.phones.length > 0 && !service.languages.includes(query.lang)),
  ];
}

/** Mainly for people in another situation than this one. */
function isApart(service: Service, wanted: readonly string[]): boolean {
  const [main = ""] = service.needs;
  return SPECIAL_NEEDS.includes(main) && !wanted.includes(main);
}

function availability(service: Service, now: number): number {
  if (service.phones.length === 0) return service.url === null ? 1 : 0;
  return Math.min(...service.phones.map((phone) => OPENNESS_RANK[opennessAt(phone.hours, now)]));
}

const OPENNESS_RANK = { always: 0, open: 0, unknown: 1, closed: 2 } as const;

/** How early the needs stand on both sides: what is asked for, and what the service is for. */
function relevance(service: Service, wanted: readonly string[]): number {
  return Math.min(
    ...service.needs.map((need, at) => (wanted.includes(need) ? wanted.indexOf(need) * 10 + at : Number.MAX_VALUE)),
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at] ?? 0;
    if (left !== right) return left - right;
  }
  return 0;
}

/** The first five, with every phone number once and not too many of one kind. */
function pick(services: readonly Service[], most: number, card: (service: Service) => ServiceCard): ServiceCard[] {
  const numbers = new Set<string>();
  const kinds = new Map<string, number>();
  const cards: ServiceCard[] = [];
  for (const service of services) {
    if (cards.length === most) break;
    const kind = kindOf(service);
    const many = kinds.get(kind.name) ?? 0;
    const full = card(service);
    const phones = full.phones.filter((phone) => !numbers.has(phone.tel));
    if (full.phones.length > 0 && phones.length === 0) continue;
    if (many >= kind.most) continue;
    for (const phone of phones) numbers.add(phone.tel);
    kinds.set(kind.name, many + 1);
    cards.push({ ...full, phones });
  }
  return cards;
}

function kindOf(service: Service): { name: string; most: number } {
  if (service.phones.length === 0 && service.url === null) return { name: "visit", most: MOST_VISITS };
  return { name: service.kind, most: service.kind === "platform-takedown" ? MOST_PLATFORMS : MOST_OF_A_KIND };
}

function cardOf(service: Service, words: HoursWords, now: number): ServiceCard {
  return {
    id: service.id,
    name: service.names,
    phones: service.phones.map(({ number, tel, cost, hours }) => {
      const readable = readOut(hours, words);
      const open = opennessAt(hours, now);
      return { number, tel, cost, open, ...(readable === undefined ? {} : { hours: readable }) };
    }),
    url: service.url,
    note: service.note,
    recorded: service.recorded,
    unchecked: service.show !== "default" || hasLapsed(service, now),
  };
}
