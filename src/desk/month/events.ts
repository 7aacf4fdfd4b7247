import { z } from "zod";
import { LocalTime } from "../../broadcast/broadcast.ts";
import { Slug } from "../../flow/ids.ts";
import { foldWords } from "../../language/fold.ts";
import { type Actor, demandPlace } from "../access.ts";
import { type Actions, action } from "../action.ts";
import { DeskProblem } from "../problem.ts";
import { demandSense } from "./event-rules.ts";
import { LocalEvent, type MonthFile } from "./month.ts";
import { entryOf, lines, type MonthParts, Remark, Seen, whoOf } from "./month-parts.ts";
import { remindersOf } from "./reminders.ts";
import { demandSeen, drafted, released, returned, submitted } from "./review.ts";

/** Letters of each part of an event. */
export const EVENT_MOST = { title: 120, about: 500, venue: 160, organiser: 120, reminders: 3 } as const;

const Time = z.string().refine((text) => LocalTime.safeParse(text).success, "desk-month.invalid.time");
const EventInput = z.strictObject({
  /** Absent: a new one. */
  id: Slug.optional(),
  title: lines(EVENT_MOST.title),
  about: lines(EVENT_MOST.about),
  place: z.string().refine((text) => LocalEvent.shape.place.safeParse(text).success, "desk-month.invalid.place"),
  venue: lines(EVENT_MOST.venue),
  organiser: lines(EVENT_MOST.organiser),
  from: Time,
  until: Time,
  reminders: z.array(Time).max(EVENT_MOST.reminders, "desk-month.invalid.too-many"),
  seen: Seen,
});
type EventInput = z.infer<typeof EventInput>;
const OneEvent = z.strictObject({ id: Slug, seen: Seen });

/** Local events: one person writes, another releases; the reminders go with them. */
export function eventActions(parts: MonthParts): Actions {
  const { now, broadcasts } = parts;
  return {
    "event.write": action({
      right: "month.write",
      input: EventInput,
      run: (input, by) => writeEvent(parts, input, by),
    }),
    "event.submit": action({
      right: "month.write",
      input: OneEvent,
      run: (one, by) =>
        changeEvent(parts, { action: "event.submit", ...one, by }, (event, last) => {
          demandSense(event, last, parts);
          return { ...event, ...submitted(event, now()) };
        }),
    }),
    "event.return": action({
      right: "month.release",
      input: OneEvent.extend({ remark: Remark }),
      run: ({ remark, ...one }, by) =>
        changeEvent(parts, { action: "event.return", ...one, by }, (event) => {
          return { ...event, ...returned(event, remark, now()) };
        }),
    }),
    "event.release": action({
      right: "month.release",
      input: OneEvent,
      run: (one, by) =>
        changeEvent(
          parts,
          { action: "event.release", ...one, by },
          (event, last) => releasedEvent(parts, event, last, by),
          {
            first: (event) => broadcasts.releaseFor(event, remindersOf(event, parts), by),
            publish: (event) => event,
          },
        ),
    }),
    "event.cancel": action({
      right: "month.write",
      input: OneEvent,
      run: (one, by) =>
        changeEvent(parts, { action: "event.cancel", ...one, by }, (event) => cancelledEvent(event, now()), {
          first: (event) => broadcasts.cancelFor(event, by),
          publish: (_, last) => last && cancelledEvent(last, now()),
        }),
    }),
  };
}

function releasedEvent(parts: MonthParts, event: LocalEvent, last: LocalEvent | undefined, by: Actor): LocalEvent {
  const marks = released(event, by, parts.now());
  demandSense(event, last, parts);
  return { ...event, ...marks, revision: event.revision + 1 };
}

/** Throws `DeskProblem` conflict when it is called off already. */
function cancelledEvent(event: LocalEvent, now: number): LocalEvent {
  if (event.state === "cancelled") throw new DeskProblem("conflict");
  return { ...event, state: "cancelled", revision: event.revision + 1, changedAt: now };
}

interface EventChange {
  readonly action: string;
  readonly id: string;
  readonly seen?: number | undefined;
  readonly by: Actor;
}

/** What else belongs to a change. */
interface Effects {
  /** Done before the change is written, so that a change that was cut off can be repeated. */
  first?(event: LocalEvent): Promise<void>;
  /** What citizens see from now on; undefined: nothing. Absent: as before. */
  publish?(event: LocalEvent, last: LocalEvent | undefined): LocalEvent | undefined;
}

/** Notes it, then does it. Rejects with `DeskProblem`: not-found, outside-place, conflict, second-person, invalid. */
function changeEvent(
  parts: MonthParts,
  { id, seen, by, action: name }: EventChange,
  edit: (before: LocalEvent, last: LocalEvent | undefined) => LocalEvent,
  { first, publish }: Effects = {},
): Promise<LocalEvent> {
  return parts.document.change(async (file, save) => {
    const before = entryOf(file.events, id);
    if (before === undefined) throw new DeskProblem("not-found");
    demandPlace(by, before.place, parts.provinceOf);
    demandSeen(before, seen);
    const after = edit(before, entryOf(file.published, id));
    await noteEvent(parts, name, by, before, after);
    await first?.(after);
    const shown = publish?.(after, entryOf(file.published, id));
    const published = shown === undefined ? file.published : { ...file.published, [id]: shown };
    await save({ ...file, published, events: { ...file.events, [id]: after } });
    return after;
  });
}

/** A new one, or a change; what was released stays as it is for citizens until the change is released. */
function writeEvent(parts: MonthParts, { id: given, seen, ...written }: EventInput, by: Actor): Promise<LocalEvent> {
  demandPlace(by, written.place, parts.provinceOf);
  return parts.document.change(async (file, save) => {
    const before = given === undefined ? undefined : entryOf(file.events, given);
    if (given !== undefined && before === undefined) throw new DeskProblem("not-found");
    if (before !== undefined) demandPlace(by, before.place, parts.provinceOf);
    if (before?.state === "cancelled") throw new DeskProblem("conflict");
    demandSeen(before, seen);
    demandSense(written, given === undefined ? undefined : entryOf(file.published, given), parts);
    const id = given ?? freshId(file, written.title.vi);
    const after = { id, ...written, revision: before?.revision ?? 0, ...drafted(before, by, parts.now()) };
    await noteEvent(parts, "event.write", by, before, after);
    await save({ ...file, events: { ...file.events, [id]: after } });
    return after;
  });
}

function noteEvent(
  { audit }: MonthParts,
  name: string,
  by: Actor,
  before: LocalEvent | undefined,
  after: LocalEvent,
): Promise<void> {
  return audit.note({ ...whoOf(by), action: name, subject: after.id, place: after.place, before, after });
}

/** The first words of the title, with a number where that is taken; never the address of a page. */
function freshId({ events }: MonthFile, title: string): string {
  const words = foldWords(title)
    .replace(/[^a-z0-9 ]/g, "")
    .split(" ")
    .filter(Boolean)
    .slice(0, 8);
  const base = words.join("-") || "event";
  for (let n = base === "new" ? 2 : 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (entryOf(events, id) === undefined) return id;
  }
}

/** Those to come first, the next of them at the top; then those that were, the last of them first. */
export function inOrder(events: readonly LocalEvent[], nowLocal: string): readonly LocalEvent[] {
  const isOver = ({ until }: LocalEvent) => until < nowLocal;
  const byTime = (one: LocalEvent, other: LocalEvent) => (one.from < other.from ? -1 : 1);
  return [
    ...events.filter((event) => !isOver(event)).toSorted(byTime),
    ...events.filter(isOver).toSorted((one, other) => byTime(other, one)),
  ];
}
