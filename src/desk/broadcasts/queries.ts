import type { Broadcast } from "../../broadcast/broadcast.ts";
import { type Reach, type ReachDeps, reachOf } from "../../broadcast/reach.ts";
import { isQuiet, type Occurrence, occurrences } from "../../broadcast/schedule.ts";
import type { LedgerStore } from "../../stores/ledger-store.ts";
import type { Actor } from "../access.ts";
import { DeskProblem } from "../problem.ts";
import type { Book } from "./book.ts";
import type { BroadcastQueries, BroadcastView, RunProgress, Standing } from "./broadcasts.ts";
import { coversSegment, demandSegment } from "./segment-places.ts";

export interface BroadcastQueryDeps extends Omit<ReachDeps, "ledger"> {
  readonly book: Book;
  readonly ledger: LedgerStore;
  readonly preview: BroadcastQueries["preview"];
  readonly ways: BroadcastQueries["ways"];
  readonly tipTopics: BroadcastQueries["tipTopics"];
  /** The name of a member of staff; the id when there is none any more. */
  nameOf(member: string): Promise<string>;
}

export function broadcastQueries(deps: BroadcastQueryDeps): BroadcastQueries {
  const { book, provinceOf } = deps;
  return {
    preview: deps.preview,
    ways: deps.ways,
    tipTopics: deps.tipTopics,
    reach: (segment): Promise<Reach> => reachOf(segment, deps),
    async list(by: Actor) {
      const mine = book.all().filter(({ segment }) => coversSegment(by, segment, provinceOf));
      const sorted = mine.toSorted((one, other) => other.changedAt - one.changedAt);
      return Promise.all(sorted.map((broadcast) => viewOf(deps, broadcast)));
    },
    async view(id, by) {
      const broadcast = book.get(id);
      if (broadcast === undefined) throw new DeskProblem("not-found");
      demandSegment(by, broadcast.segment, provinceOf);
      return viewOf(deps, broadcast);
    },
  };
}

async function viewOf(deps: BroadcastQueryDeps, broadcast: Broadcast): Promise<BroadcastView> {
  const { author, releasedBy } = broadcast;
  const runs = await runsOf(deps, broadcast);
  return {
    broadcast,
    runs,
    standing: standingOf(broadcast, runs, deps.now()),
    nextAt: broadcast.state === "released" ? nextAt(broadcast, runs, deps.now()) : null,
    authorName: await deps.nameOf(author),
    releasedByName: releasedBy === undefined ? null : await deps.nameOf(releasedBy),
  };
}

async function runsOf({ ledger }: BroadcastQueryDeps, { id, state }: Broadcast): Promise<readonly RunProgress[]> {
  if (state === "draft" || state === "submitted") return [];
  const runs = await ledger.runs(id);
  return Promise.all(runs.map(async (run) => ({ run, tallies: await ledger.tally(run.run) })));
}

/** How a broadcast stands, of a series its present or last day. */
export function standingOf(broadcast: Broadcast, runs: readonly Pick<RunProgress, "run">[], now: number): Standing {
  const { state } = broadcast;
  if (state !== "released" && state !== "paused") return state;
  const open = occurrences(broadcast).filter((one) => isOpen(one, runs, now));
  const begun = open.find(({ from }) => from <= now);
  if (open.length === 0) return lastClosed(broadcast, runs);
  if (state === "paused") return "paused";
  if (begun === undefined) return "scheduled";
  return isQuiet(now) && now < begun.until ? "quiet" : "sending";
}

function lastClosed(broadcast: Broadcast, runs: readonly Pick<RunProgress, "run">[]): Standing {
  const last = occurrences(broadcast).at(-1);
  return (last === undefined ? null : closedAs(runs, last.run)) ?? "expired";
}

/** Whether somebody may still be sent it. What passed while no bot ran is over, though no run was closed. */
function isOpen({ run, until }: Occurrence, runs: readonly Pick<RunProgress, "run">[], now: number): boolean {
  const known = runs.find((one) => one.run.run === run);
  return known === undefined ? now < until : known.run.closed === null;
}

function closedAs(runs: readonly Pick<RunProgress, "run">[], name: string): "done" | "aborted" | "expired" | null {
  return runs.find(({ run }) => run.run === name)?.run.closed?.as ?? null;
}

function nextAt(broadcast: Broadcast, runs: readonly Pick<RunProgress, "run">[], now: number): number | null {
  return occurrences(broadcast).find((one) => now < one.until && isOpen(one, runs, now))?.from ?? null;
}
