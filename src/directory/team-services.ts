import { z } from "zod";
import { Localized, Need, Slug } from "../flow/ids.ts";
import { isShelter } from "./card.ts";
import { dayStart, monthsAfter } from "./days.ts";
import { EMERGENCY } from "./emergency.ts";
import { bannedIn } from "./phone-number.ts";
import { type Listed, Phone, PlaceCode, SERVICE_KINDS, type Service } from "./service.ts";

/** How long a call counts. Then somebody calls again. */
export const CHECK_HOLDS_MONTHS = 3;

/** What came of calling or opening a service. `changed`: it answers, but the entry no longer tells the truth. */
export const CHECK_ANSWERS = ["works", "wrong", "changed"] as const;

const Day = z.iso.date();

export const ServiceCheck = z.strictObject({
  /** Role or name of who called. For the team only, never for citizens. */
  by: z.string().min(1),
  on: Day,
  answer: z.enum(CHECK_ANSWERS),
  /** Numbers and page as they were then; a check says nothing about others. */
  tried: z.array(z.string()),
  note: z.string().min(1).optional(),
});
export type ServiceCheck = z.infer<typeof ServiceCheck>;

/** A service that a ward or province entered itself. */
export const OwnService = z.strictObject({
  id: Slug,
  names: Localized,
  kind: z.enum(SERVICE_KINDS),
  needs: z.array(Need).min(1),
  place: PlaceCode,
  phones: z.array(Phone),
  url: z.url().nullable(),
  address: z.string().min(1).nullable(),
  note: Localized.nullable(),
  languages: z.array(z.string().min(2)).min(1),
  /** Where the facts come from. */
  source: z.string().min(1),
  /** Who called before it was entered, and when. For the team only. */
  checked: z.strictObject({ by: z.string().min(1), on: Day }),
});
export type OwnService = z.infer<typeof OwnService>;

/** The team's part of the directory, a document of the team store. */
export const TeamServices = z.strictObject({
  /** By the service's id: the last call. */
  checks: z.record(z.string(), ServiceCheck),
  own: z.array(OwnService),
});
export type TeamServices = z.infer<typeof TeamServices>;

export const NO_TEAM_SERVICES: TeamServices = { checks: {}, own: [] };

/**
 * The shipped entries and the team's own. A call that worked makes an entry shown, for `CHECK_HOLDS_MONTHS`; one that
 * did not hides it, except an emergency line. Own entries with a `banned` number are left out.
 */
export function listServices(
  shipped: readonly Service[],
  { checks, own }: TeamServices,
  banned: readonly { readonly digits: string }[],
): readonly Listed[] {
  const allowed = own.filter(({ phones }) => phones.every(({ tel }) => bannedIn(tel, banned) === undefined));
  return [
    ...shipped.flatMap((service) => afterCall(service, validCheck(service, checks))),
    ...allowed.map(listedOwn).flatMap((service) => afterCall(service, validCheck(service, checks))),
  ];
}

/** The entry that an own service is for the directory. */
export function listedOwn(own: OwnService): Listed {
  const { id, names, kind, needs, place, phones, url, note, languages, source, checked } = own;
  return {
    ...{ id, names, kind, needs, phones, url, note, languages },
    coverage: [place],
    address: isShelter(own) ? null : own.address,
    recorded: false,
    sources: [{ url: null, title: source, published: null }],
    confidence: "high",
    conflict: false,
    show: "default",
    byCall: true,
    verified: checked.on,
    lapses: monthsAfter(checked.on, CHECK_HOLDS_MONTHS),
  };
}

/** The last call, when it was about the entry as it is now. */
export function validCheck(service: Listed, checks: TeamServices["checks"]): ServiceCheck | undefined {
  const check = checks[service.id];
  if (check === undefined || triedOf(service).join() !== check.tried.join()) return undefined;
  const enteredLater = service.byCall === true && service.verified !== null && service.verified > check.on;
  return enteredLater ? undefined : check;
}

/** What somebody who checks the entry tries. */
export function triedOf({ phones, url }: Pick<Service, "phones" | "url">): string[] {
  return [...phones.map(({ tel }) => tel), ...(url === null ? [] : [url])].sort();
}

function afterCall(service: Listed, check: ServiceCheck | undefined): readonly Listed[] {
  if (check === undefined) return [service];
  if (check.answer !== "works") return EMERGENCY.has(service.id) ? [service] : [];
  const until = monthsAfter(check.on, CHECK_HOLDS_MONTHS);
  if (service.show === "default" && service.byCall === undefined) {
    const later = dayStart(until) > dayStart(service.lapses) ? until : service.lapses;
    return [{ ...service, verified: check.on, lapses: later }];
  }
  return [{ ...service, show: "default", byCall: true, verified: check.on, lapses: until }];
}
