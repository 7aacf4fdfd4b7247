import type { Broadcast } from "../../broadcast/broadcast.ts";
import { occurrences } from "../../broadcast/schedule.ts";
import type { Actor } from "../access.ts";
import type { BroadcastDraft, EventBroadcasts } from "../month/event-broadcasts.ts";
import type { LocalEvent } from "../month/month.ts";
import { DeskProblem } from "../problem.ts";
import { type BroadcastActionDeps, freshId, writeBroadcast } from "./actions.ts";
import type { BroadcastQueries } from "./broadcasts.ts";

/** What the plan and the local events do with broadcasts. */
export function broadcastsForMonth(deps: BroadcastActionDeps, list: BroadcastQueries["list"]): EventBroadcasts {
  return {
    list,
    async put(draft, by) {
      const written = await writeBroadcast(deps, draft, by);
      if (written === null) throw new DeskProblem("conflict");
      return written.id;
    },
    async releaseFor(event, reminders, by) {
      const before = openReminders(deps, event);
      for (const old of before.filter((one) => !reminders.some((reminder) => isSame(one, reminder)))) {
        await abort(deps, old, by);
      }
      for (const reminder of reminders) {
        if (!before.some((one) => isSame(one, reminder))) await release(deps, event, reminder, by);
      }
    },
    async cancelFor(event, by) {
      for (const reminder of openReminders(deps, event)) await abort(deps, reminder, by);
    },
  };
}

/** Those that were not taken back and whose time is not over, whether or not they are being sent already. */
function openReminders({ book, now }: BroadcastActionDeps, { id }: LocalEvent): readonly Broadcast[] {
  const goesOn = (broadcast: Broadcast) => occurrences(broadcast).some(({ until }) => until > now());
  const mine = book.all().filter(({ event, state }) => event === id && (state === "released" || state === "paused"));
  return mine.filter(goesOn);
}

function isSame(broadcast: Broadcast, { content, segment, schedule }: BroadcastDraft): boolean {
  const { content: before, segment: whom, schedule: when } = broadcast;
  return JSON.stringify([before, whom, when]) === JSON.stringify([content, segment, schedule]);
}

/** The event was written and released by two people; its reminders say what it says. */
async function release(
  deps: BroadcastActionDeps,
  event: LocalEvent,
  reminder: BroadcastDraft,
  by: Actor,
): Promise<void> {
  const { author, writers } = event;
  const id = freshId(deps, reminder.title);
  const now = deps.now();
  const made = { id, author, writers, releasedBy: by.id, releasedAt: now, event: event.id, changedAt: now };
  const edit = (): Broadcast => ({ ...reminder, ...made, state: "released" });
  await deps.book.change({ action: "broadcast.release", id, by, edit });
}

async function abort({ book, now }: BroadcastActionDeps, { id }: Broadcast, by: Actor): Promise<void> {
  const edit = (before: Broadcast | undefined): Broadcast => {
    if (before === undefined) throw new DeskProblem("not-found");
    return { ...before, state: "aborted", changedAt: now() };
  };
  await book.change({ action: "broadcast.abort", id, by, edit });
}
