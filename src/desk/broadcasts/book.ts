import { type Broadcast, BroadcastFile } from "../../broadcast/broadcast.ts";
import type { TeamStore } from "../../stores/team-store.ts";
import type { Actor } from "../access.ts";
import type { Audit } from "../audit.ts";

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

/** The team's broadcasts, held in memory and in its document; changed one at a time. */
export interface Book {
  all(): readonly Broadcast[];
  get(id: string): Broadcast | undefined;
  /** Resolves once it is in the audit trail and on disk. */
  change(change: Change): Promise<Broadcast | null>;
}

/** Only one process has the data folder, so what was read once stays true. */
export async function openBook({ team, audit, changed }: BookDeps): Promise<Book> {
  let book: Readonly<Record<string, Broadcast>> = (await team.read("broadcasts")) ?? {};
  let last: Promise<unknown> = Promise.resolve();

  async function apply({ action, id, by, edit }: Change): Promise<Broadcast | null> {
    const before = held(book, id);
    const after = edit(before);
    const [place, ...others] = (after ?? before)?.segment.places ?? [];
    await audit.note({
      ...{ who: by.id, name: by.name, via: by.via, action, subject: id, before, after },
      ...(place !== undefined && others.length === 0 && { place }),
    });
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
    change(change) {
      const result = last.then(() => apply(change));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** Ids come from addresses of pages: a name of `Object.prototype` is no broadcast. */
function held(book: Readonly<Record<string, Broadcast>>, id: string): Broadcast | undefined {
  return Object.hasOwn(book, id) ? book[id] : undefined;
}
