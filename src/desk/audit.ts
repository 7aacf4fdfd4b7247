import type { ProvinceOf } from "../broadcast/segment.ts";
import { type Actor, covers } from "./access.ts";

/** Who did what to what, when, and what it was before and after. Never a citizen, a password, a code or a token. */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Id and name of the member of staff; `-` for somebody who is not one. */
  readonly who: string;
  readonly name: string;
  readonly via: Actor["via"];
  /** Name of the action, such as `broadcast.release`. */
  readonly action: string;
  /** Id of the thing. */
  readonly subject: string;
  /** The place it concerns. */
  readonly place?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The audit trail: entries are added and read, never changed. */
export interface Audit {
  /** Resolves once the entry would survive a power cut. Called before the change it tells of. */
  note(entry: Omit<AuditEntry, "at">): Promise<void>;
  /** Newest first. */
  read(most: number, before?: number): Promise<readonly AuditEntry[]>;
}

/** Part of the trail, newest first; `older`: the time to go on before, undefined at the end. */
export interface TrailPage {
  readonly entries: readonly AuditEntry[];
  readonly older: number | undefined;
}

/** Entries looked at for one page: a rare action may need several readings. */
const LOOKED_AT = 2_000;

/** What concerns this person's place, of the actions whose names begin so. At least `most` entries unless there are fewer. */
export async function readTrail(
  { audit, places }: { readonly audit: Pick<Audit, "read">; readonly places: { readonly provinceOf: ProvinceOf } },
  by: Pick<Actor, "place">,
  {
    most,
    before,
    action = "",
  }: { readonly most: number; readonly before?: number | undefined; readonly action?: string },
): Promise<TrailPage> {
  const found: AuditEntry[] = [];
  let from = before;
  for (let looked = 0; looked < LOOKED_AT; looked += most) {
    const some = await audit.read(most, from);
    const mine = some.filter((entry) => entry.action.startsWith(action) && covers(by, entry.place, places.provinceOf));
    found.push(...mine);
    from = some.length < most ? undefined : some.at(-1)?.at;
    if (from === undefined || found.length >= most) break;
  }
  return { entries: found, older: from };
}
