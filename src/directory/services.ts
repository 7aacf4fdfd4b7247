import type { z } from "zod";
import type { ServiceCard } from "../flow/screen.ts";
import { cardOf } from "./card.ts";
import { ALWAYS_OPEN, leadIds } from "./emergency.ts";
import type { HoursWords } from "./hours.ts";
import { compareRanks, hasLapsed, isShown, isSpare, rankOf, type ServiceQuery, serves, wishOf } from "./ranking.ts";
import type { Listed, NeedMap } from "./service.ts";

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
  services: readonly Listed[],
  needMap: z.infer<typeof NeedMap>,
  words: HoursWords,
): Directory {
  const shelves = shelve(services);
  return {
    find(query, now) {
      const wish = wishOf(query, needMap);
      const lines = linesFirst(shelves.byId, query, now);
      const fitting = candidates(shelves, query).filter((service) => !lines.includes(service) && serves(service, wish));
      const shown = fitting.filter((service) => isShown(service, now));
      const others = shown.length > 0 ? shown : fitting.filter((service) => isSpare(service, now));
      const ranked = others
        .map((service, at) => ({ service, rank: [...rankOf(service, wish, now), at] }))
        .sort((a, b) => compareRanks(a.rank, b.rank))
        .map(({ service }) => service);
      const most = query.urgent ? MOST_URGENT_CARDS : MOST_CARDS;
      return pick([...lines, ...ranked], most, (service) => cardOf(service, words, now));
    },
    problems: (now) =>
      services
        .filter((s) => hasLapsed(s, now))
        .map(({ id, lapses }) => ({ id, why: `lapsed on ${lapses}: call or open it, then record the day` })),
  };
}

const MOST_CARDS = 5;
/** In danger nobody reads a long list. */
const MOST_URGENT_CARDS = 3;
/** Variety: how many of one kind; of those that can only be visited, one. */
const MOST_OF_A_KIND = 2;
const MOST_PLATFORMS = 3;
const MOST_VISITS = 1;

/** The services by id and by where they help, so that a question need not look at all of them. */
interface Shelves {
  readonly byId: ReadonlyMap<string, Listed>;
  readonly national: readonly Listed[];
  readonly byPlace: ReadonlyMap<string, readonly Listed[]>;
}

function shelve(services: readonly Listed[]): Shelves {
  const byPlace = new Map<string, Listed[]>();
  for (const service of services) {
    for (const place of service.coverage === "national" ? [] : service.coverage) {
      byPlace.set(place, [...(byPlace.get(place) ?? []), service]);
    }
  }
  return {
    byId: new Map(services.map((service) => [service.id, service])),
    national: services.filter(({ coverage }) => coverage === "national"),
    byPlace,
  };
}

function candidates({ national, byPlace }: Shelves, { provinceCode = "", communeCode = "" }: ServiceQuery) {
  return [...new Set([...national, ...(byPlace.get(provinceCode) ?? []), ...(byPlace.get(communeCode) ?? [])])];
}

/**
 * The lines that stand first. One that has lapsed stands aside while another answers; when all have lapsed they are
 * still shown, marked: a list without an emergency number would be worse.
 */
function linesFirst(byId: Shelves["byId"], query: ServiceQuery, now: number): readonly Listed[] {
  const byIds = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const leads = byIds(leadIds(query));
  const fresh = leads.filter((s) => !hasLapsed(s, now));
  if (fresh.length > 0) return fresh;
  const other = byIds(ALWAYS_OPEN).find((s) => !hasLapsed(s, now));
  return other === undefined ? leads : [other];
}

/** The first five, with every phone number once and not too many of one kind. */
function pick(services: readonly Listed[], most: number, card: (service: Listed) => ServiceCard): ServiceCard[] {
  const numbers = new Set<string>();
  const kinds = new Map<string, number>();
  const cards: ServiceCard[] = [];
  for (const service of services) {
    if (cards.length === most) break;
    const kind = kindOf(service);
    const many = kinds.get(kind.name) ?? 0;
    const fresh = service.phones.filter((phone) => !numbers.has(phone.tel));
    if (many >= kind.most || (service.phones.length > 0 && fresh.length === 0)) continue;
    for (const phone of fresh) numbers.add(phone.tel);
    kinds.set(kind.name, many + 1);
    cards.push(card({ ...service, phones: fresh }));
  }
  return cards;
}

function kindOf(service: Listed): { name: string; most: number } {
  if (service.phones.length === 0 && service.url === null) return { name: "visit", most: MOST_VISITS };
  return { name: service.kind, most: service.kind === "platform-takedown" ? MOST_PLATFORMS : MOST_OF_A_KIND };
}
