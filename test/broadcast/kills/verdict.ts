import type { Tally } from "../../../src/stores/ledger-store.ts";
import { WORDS } from "../../support/broadcast/released.ts";
import type { Rig } from "../../support/networks/rig.ts";
import type { Entry } from "./ledger.ts";
import type { Kind, Person } from "./people.ts";

/** What became of one person: by the network's own record, and by the ledger. */
export interface Fate {
  readonly person: Person;
  /** Names of the messages that arrived; on the web, of those that wait. */
  readonly arrived: readonly string[];
  /** Null: the bot knows nothing of this person and this broadcast. */
  readonly entry: Entry | null;
}

export function fatesOf(people: readonly Person[], entries: ReadonlyMap<string, Entry>): readonly Fate[] {
  return people.map((person) => {
    const entry = entries.get(person.key) ?? null;
    const waiting = Array.from({ length: entry?.waiting ?? 0 }, (_, index) => `waiting ${index}`);
    const arrived = person.phone?.received().map(({ id, text }) => (text.includes(WORDS) ? id : `${id}, not this one`));
    return { person, entry, arrived: arrived ?? waiting };
  });
}

/** What is wrong with this end; null: nothing. */
export function complaint({ person, arrived, entry }: Fate, rig: Pick<Rig, "network">): string | null {
  const { channel, kind } = person;
  const state = entry === null ? "no row" : [entry.state, entry.why].join(" ").trim();
  const told = `${channel}, ${kind}: ${arrived.length} arrived, ${state}`;
  if (arrived.length > 1 || arrived.some((id) => id.includes(","))) return told;
  if (!ENDS[kind].has(state)) return told;
  if (state === "sent") return arrived.length === 1 ? null : told;
  const [id] = arrived;
  if (id === undefined || state === "failed interrupted") return null;
  const unknowable = channel !== "web" && rig.network(channel).unknowable.has(id);
  return state === "failed uncertain" && unknowable ? null : told;
}

/** After these nobody knows whether it arrived, or the network had a problem of its own: it is not tried again. */
const TRIED = ["failed interrupted", "failed uncertain", "failed busy"];

/** How it may end for whom. Somebody whom the network does not know any more may be forgotten, and the row with them. */
const ENDS: Readonly<Record<Kind, ReadonlySet<string>>> = {
  usual: new Set(["sent", ...TRIED]),
  talking: new Set(["sent", ...TRIED]),
  "other-topic": new Set(["no row"]),
  left: new Set([...TRIED, "failed unreachable", "failed refused", "no row"]),
  "long-silent": new Set(["skipped window-closed"]),
};

/** How many rows ended how, those of people who were forgotten since among them. */
export function sumUp(tally: readonly Tally[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { state, why, n } of tally) {
    const name = [state, why].join(" ").trim();
    sums.set(name, (sums.get(name) ?? 0) + n);
  }
  return Object.fromEntries(sums);
}
