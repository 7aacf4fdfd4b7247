import PQueue from "p-queue";
import { z } from "zod";
import type { ProvinceOf } from "../../broadcast/segment.ts";
import type { Bundle } from "../../content/bundle.ts";
import type { Say } from "../../language/texts.ts";
import type { TeamStore } from "../../stores/team-store.ts";
import { type Actor, covers } from "../access.ts";
import type { Audit } from "../audit.ts";
import { DeskProblem } from "../problem.ts";
import type { EventBroadcasts } from "./event-broadcasts.ts";
import type { MonthFile } from "./month.ts";

export interface MonthDeps {
  readonly team: Pick<TeamStore, "read" | "write">;
  readonly bundle: Pick<Bundle, "campaigns" | "month" | "plan">;
  readonly say: Say;
  readonly audit: Audit;
  readonly provinceOf: ProvinceOf;
  readonly broadcasts: EventBroadcasts;
  /** Where citizens reach this server; absent: reminders carry no link. */
  readonly publicUrl?: string;
  /** Code of the place of whoever runs this bot; undefined: the whole country. */
  authorityPlace(): string | undefined;
  /** Lets running conversations show what was released. */
  renew(): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The team's document about the month. */
export interface MonthDocument {
  read(): Promise<MonthFile>;
  /** One change after the other; `save` resolves once it is on disk. */
  change<T>(edit: (before: MonthFile, save: (after: MonthFile) => Promise<void>) => Promise<T>): Promise<T>;
}

export interface MonthParts extends MonthDeps {
  readonly document: MonthDocument;
}

const EMPTY: MonthFile = { slots: {}, events: {}, published: {}, ticked: {} };

export function monthDocument({ team }: Pick<MonthDeps, "team">): MonthDocument {
  const oneAtATime = new PQueue({ concurrency: 1 });
  const read = async () => (await team.read("month")) ?? EMPTY;
  return {
    read,
    change: (edit) => oneAtATime.add(async () => edit(await read(), (after) => team.write("month", after))),
  };
}

/** Of a record by somebody's id; what every object has by nature is not in it. */
export function entryOf<T>(record: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}

/** What concerns everybody whom this bot serves is the business of staff of the authority itself. */
export function isForEverybody(by: Actor, { authorityPlace }: Pick<MonthDeps, "authorityPlace">): boolean {
  return by.place === undefined || by.place === authorityPlace();
}

/** Throws `DeskProblem` outside-place. `place`: the province whose campaign it is; undefined: everybody's. */
export function demandEverybody(by: Actor, place: string | undefined, deps: MonthDeps): void {
  if (!isMine(by, place, deps)) throw new DeskProblem("outside-place");
}

export function isMine(by: Actor, place: string | undefined, deps: MonthDeps): boolean {
  return isForEverybody(by, deps) || (place !== undefined && covers(by, place, deps.provinceOf));
}

/** Who did it, for the audit trail. */
export function whoOf({ id, name, via }: Actor) {
  return { who: id, name, via };
}

/** One line, as people write it: without doubled blanks, with composed tone marks. */
export function line(most: number, least = 1) {
  return z
    .string()
    .overwrite((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
    .min(least, "desk-month.invalid.needed")
    .max(most, "desk-month.invalid.too-long");
}

/** Both languages of a line. */
export function lines(most: number) {
  return z.strictObject({ vi: line(most), en: line(most) });
}

export const Remark = z.string().trim().min(1, "desk-month.invalid.needed").max(1_000, "desk-month.invalid.too-long");

/** When the version that the person saw was changed; absent: whatever there is. */
export const Seen = z.int().optional();
