import { type Broadcast, BroadcastFile } from "../../broadcast/broadcast.ts";
import type { TeamStore } from "../../stores/team-store.ts";
import type { Actor } from "../access.ts";
import type { Audit, AuditEntry } from "../audit.ts";

export interface BookDeps {
  readonly team: Pick<TeamStore, "read" | "write">;
  readonly audit: Audit;
  /** Called after each change. */
  changed(): void;
}

/** What somebody does to one broadcast. */
export interface Change {
  /** Name of the action, for the audit trail. */
  readonly action: string;
  readonly id: string;
  readonly by: Actor;
  /** Gives the broadcast as it shall be, null to delete it. Throws `DeskProblem` for what may not be. */
  edit(before: Broadcast | undefined): Broadcast | null;
}

type Deed = Omit<Change, "edit">;

/** The team's broadcasts, held in memory and in its document; changed one at a time. */
export interface Book {
  all(): readonly Broadcast[];
  get(id: string): Broadcast | undefined;
  /** Resolves once it is in the audit trail and on disk. */
  change(change: Change): Promise<Broadcast | null>;
  /** Notes what somebody did with one without changing it. */
  tell(deed: Deed): Promise<void>;
}

/** Only one process has the data folder, so what was read once stays true. */
export async function openBook({ team, audit, changed }: BookDeps): Promise<Book> {
  let book: Readonly<Record<string, Broadcast>> = (await team.read("broadcasts")) ?? {};
  let last: Promise<unknown> = Promise.resolve();

  async function apply({ action, id, by, edit }: Change): Promise<Broadcast | null> {
    const before = held(book, id);
    const after = edit(before);
    await audit.note({ ...entryOf({ action, id, by }, after ?? before), before, after });
    const { [id]: _, ...rest } = book;
    const next = BroadcastFile.parse(after === null ? rest : { ...rest, [id]: after });
    await team.write("broadcasts", next);
    book = next;
    changed();
    return after;
  }
  return {
    all: () => Object.values(book),
    get: (id) => held(book, id),
    tell: (deed) => audit.note(entryOf(deed, held(book, deed.id))),
    change(change) {
      const result = last.then(() => apply(change));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** The trail names a place only where there is just one. */
function entryOf({ action, id, by }: Deed, broadcast: Broadcast | undefined): Omit<AuditEntry, "at"> {
  const [place, ...others] = broadcast?.segment.places ?? [];
  return {
    ...{ who: by.id, name: by.name, via: by.via, action, subject: id },
    ...(place !== undefined && others.length === 0 && { place }),
  };
}

/** Ids come from addresses of pages: a name of `Object.prototype` is no broadcast. */
function held(book: Readonly<Record<string, Broadcast>>, id: string): Broadcast | undefined {
  return Object.hasOwn(book, id) ? book[id] : undefined;
}
