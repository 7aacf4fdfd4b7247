import { z } from "zod";
import { type Broadcast, Content, Schedule, Segment } from "../../broadcast/broadcast.ts";
import { BLOCKING, type Preview } from "../../broadcast/preview.ts";
import { scheduleProblem } from "../../broadcast/schedule.ts";
import type { ProvinceOf } from "../../broadcast/segment.ts";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import { Slug } from "../../flow/ids.ts";
import { foldWords } from "../../language/fold.ts";
import type { Actor } from "../access.ts";
import { type Action, type Actions, action } from "../action.ts";
import { DeskProblem, type FieldIssue } from "../problem.ts";
import type { Book } from "./book.ts";
import { demandSegment } from "./segment-places.ts";

export interface BroadcastActionDeps {
  readonly book: Book;
  readonly provinceOf: ProvinceOf;
  /** As it would look at this moment; milliseconds since 1970. */
  preview(content: Content, segment: Segment, at: number): readonly Preview[];
  /** Whether the team's media folder has this file. */
  hasMedia(file: string): Promise<boolean>;
  /** Whether this member of staff has a test left: each uses up messages of a network. */
  mayTest(by: Actor): Promise<boolean>;
  /** Sends it to the test chats of this member of staff, at once and outside the ledger. Resolves with how many. */
  sendTest(broadcast: Broadcast, by: Actor): Promise<number>;
  now(): number;
}

/** `changedAt` as whoever decides saw it: what changed meanwhile has to be read again. Absent: as it is now. */
const Seen = z.coerce.number().int().optional();

const Written = z.strictObject({
  id: Slug.optional(),
  seen: Seen,
  title: z.string().trim().min(1, "desk-broadcasts.invalid.title").max(120, "desk-broadcasts.invalid.title"),
  content: Content,
  segment: Segment,
  schedule: Schedule,
});
type Written = z.infer<typeof Written>;

const One = z.strictObject({ id: Slug, seen: Seen });
const Remarked = One.extend({
  remark: z.string().trim().min(1, "desk-broadcasts.invalid.remark").max(1_000, "desk-broadcasts.invalid.remark"),
});

/** Everything that can be done to a broadcast. */
export function broadcastActions(deps: BroadcastActionDeps): Actions {
  const step = (name: string, right: Action["right"], from: readonly Broadcast["state"][], edit: Edit) =>
    action({
      right,
      input: One,
      run: ({ id, seen }, by) =>
        deps.book.change({ action: name, id, by, edit: stepEdit(deps, { from, seen, edit, by }) }),
    });
  return {
    "broadcast.write": action({
      right: "broadcast.write",
      input: Written,
      run: (written, by) => writeBroadcast(deps, written, by),
    }),
    "broadcast.submit": step("broadcast.submit", "broadcast.write", ["draft"], (before) => {
      demandFit(deps, before);
      return { ...before, state: "submitted" };
    }),
    "broadcast.return": action({
      right: "broadcast.release",
      input: Remarked,
      run: ({ id, seen, remark }, by) => {
        const edit: Edit = (before) => ({ ...before, state: "draft", remark });
        const step = stepEdit(deps, { from: ["submitted"], seen, edit, by });
        return deps.book.change({ action: "broadcast.return", id, by, edit: step });
      },
    }),
    "broadcast.release": step("broadcast.release", "broadcast.release", ["submitted"], (before, by) =>
      releasedBy(deps, before, by),
    ),
    "broadcast.pause": step("broadcast.pause", "broadcast.steer", ["released"], (b) => ({ ...b, state: "paused" })),
    "broadcast.resume": step("broadcast.resume", "broadcast.steer", ["paused"], (b) => ({ ...b, state: "released" })),
    "broadcast.abort": step("broadcast.abort", "broadcast.steer", ["submitted", "released", "paused"], (before) => ({
      ...before,
      state: "aborted",
    })),
    "broadcast.delete": step("broadcast.delete", "broadcast.write", ["draft"], () => null),
    "broadcast.test": action({
      right: "broadcast.write",
      input: One,
      run: async ({ id }, by) => {
        const broadcast = known(deps, id, by);
        if (!(await deps.mayTest(by))) throw new DeskProblem("too-many");
        await deps.book.tell({ action: "broadcast.test", id, by });
        return { sent: await deps.sendTest(broadcast, by) };
      },
    }),
  };
}

type Edit = (before: Broadcast, by: Actor) => Broadcast | null;

interface Step {
  readonly from: readonly Broadcast["state"][];
  readonly seen: number | undefined;
  readonly edit: Edit;
  readonly by: Actor;
}

/** A change of one that is there, is this person's business, and is in a state that allows it. */
function stepEdit(deps: BroadcastActionDeps, { from, seen, edit, by }: Step) {
  return (before: Broadcast | undefined) => {
    if (before === undefined) throw new DeskProblem("not-found");
    demandSegment(by, before.segment, deps.provinceOf);
    if (!from.includes(before.state) || isStale(before, seen)) throw new DeskProblem("conflict");
    const after = edit(before, by);
    return after === null ? null : { ...after, changedAt: deps.now() };
  };
}

function isStale({ changedAt }: Broadcast, seen: number | undefined): boolean {
  return seen !== undefined && seen !== changedAt;
}

function known({ book, provinceOf }: BroadcastActionDeps, id: string, by: Actor): Broadcast {
  const broadcast = book.get(id);
  if (broadcast === undefined) throw new DeskProblem("not-found");
  demandSegment(by, broadcast.segment, provinceOf);
  return broadcast;
}

/** Two people stand behind what is sent: nobody releases what they wrote. */
export function releasedBy(deps: BroadcastActionDeps, before: Broadcast, by: Actor): Broadcast {
  if (before.writers.includes(by.id)) throw new DeskProblem("second-person");
  demandFit(deps, before);
  const { remark: _, ...rest } = before;
  return { ...rest, state: "released", releasedBy: by.id, releasedAt: deps.now() };
}

/** Writes a new one, or changes one that was not released. What was submitted is a draft again. */
export async function writeBroadcast(
  deps: BroadcastActionDeps,
  { id, seen, ...written }: Written & { readonly event?: string },
  by: Actor,
): Promise<Broadcast | null> {
  demandSegment(by, written.segment, deps.provinceOf);
  const { content } = written;
  if (content.kind === "message" && content.media !== undefined && !(await deps.hasMedia(content.media.file))) {
    throw new DeskProblem("invalid", [{ field: "media", text: "desk-broadcasts.invalid.media" }]);
  }
  demandTime(deps, written);
  const edit = (before: Broadcast | undefined): Broadcast => {
    if (id !== undefined && before === undefined) throw new DeskProblem("not-found");
    // Somebody wrote another one of this title at the same moment.
    if (id === undefined && before !== undefined) throw new DeskProblem("conflict");
    if (before !== undefined) demandSegment(by, before.segment, deps.provinceOf);
    if (before !== undefined && (!isOpen(before) || isStale(before, seen))) throw new DeskProblem("conflict");
    const writers = [...new Set([...(before?.writers ?? []), by.id])];
    const own = { state: "draft", author: by.id, writers, changedAt: deps.now() } as const;
    return { ...before, ...written, ...own, id: id ?? newId };
  };
  const newId = freshId(deps, written.title);
  return deps.book.change({ action: "broadcast.write", id: id ?? newId, by, edit });
}

function isOpen({ state }: Broadcast): boolean {
  return state === "draft" || state === "submitted";
}

function demandTime(deps: BroadcastActionDeps, { schedule }: Pick<Broadcast, "schedule">): void {
  const problem = scheduleProblem(schedule, deps.now());
  if (problem !== null)
    throw new DeskProblem("invalid", [{ field: "schedule", text: `desk-broadcasts.problem.${problem}` }]);
}

/** What would be cut, or come to nothing, on some channel does not go out. */
function demandFit(deps: BroadcastActionDeps, broadcast: Broadcast): void {
  demandTime(deps, broadcast);
  const at = Math.max(deps.now(), Date.parse(`${firstDay(broadcast)}T12:00:00+07:00`));
  const cuts = deps.preview(broadcast.content, broadcast.segment, at).flatMap(({ cuts: all }) => all);
  const issues = BLOCKING.filter((cut) => cuts.includes(cut)).map(
    (cut): FieldIssue => ({ field: "content", text: `desk-broadcasts.cut.${cut}` }),
  );
  if (issues.length > 0) throw new DeskProblem("invalid", issues);
}

function firstDay({ schedule }: Broadcast): string {
  return schedule.kind === "once" ? schedule.at.slice(0, "YYYY-MM-DD".length) : schedule.from;
}

/** `<day>-<first words of the title>`, with a number where that is taken. */
export function freshId({ book, now }: BroadcastActionDeps, title: string): string {
  const words = foldWords(title)
    .replace(/[^a-z0-9 ]/g, "")
    .split(" ")
    .filter(Boolean)
    .slice(0, 6);
  const base = [vietnamDay(now()), ...words].join("-").slice(0, 60).replace(/-+$/, "");
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (book.get(id) === undefined) return id;
  }
}
