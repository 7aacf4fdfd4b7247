import type { ServiceCard } from "../flow/screen.ts";
import type { HoursWords } from "./hours.ts";
import { opennessAt, opensNext, readOut } from "./hours.ts";
import { hasLapsed } from "./ranking.ts";
import type { Listed, Phone } from "./service.ts";

/** What a screen shows of a service at `now` (milliseconds since 1970). */
export function cardOf(service: Listed, words: HoursWords, now: number): ServiceCard {
  const lapsed = hasLapsed(service, now);
  return {
    id: service.id,
    name: service.names,
    phones: service.phones.map((phone) => phoneOf(phone, words, now)),
    url: service.url,
    ...(service.address === null || isShelter(service) ? {} : { address: service.address }),
    note: service.note,
    recorded: service.recorded,
    unchecked: service.show !== "default" || lapsed,
    ...(lapsed && { lapsed }),
    ...(isAnsweredInPerson(service) && { languages: service.languages }),
  };
}

/** Where people stay in hiding: its address is told by the line itself, never by a screen. */
export function isShelter({ kind, needs }: Pick<Listed, "kind" | "needs">): boolean {
  return kind === "shelter" || needs.includes("shelter");
}

/** A page can be translated by the reader's own device; somebody on a phone or at a desk cannot. */
function isAnsweredInPerson({ phones, address }: Listed): boolean {
  return phones.length > 0 || address !== null;
}

function phoneOf({ number, tel, cost, hours }: Phone, words: HoursWords, now: number): ServiceCard["phones"][number] {
  const readable = readOut(hours, words);
  const opens = opensNext(hours, now, words);
  return {
    number,
    tel,
    cost,
    open: opennessAt(hours, now),
    ...(readable === undefined ? {} : { hours: readable }),
    ...(opens === undefined ? {} : { opens }),
  };
}
