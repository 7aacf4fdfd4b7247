import { type Html, html } from "../../../server/html.ts";
import { type Actor, may } from "../../access.ts";
import type { BroadcastView } from "../../broadcasts/broadcasts.ts";
import type { LocalEvent, Slot } from "../../month/month.ts";
import { link } from "../parts.ts";
import type { Here } from "../route.ts";

/** What the desk knows that somebody may have to do. */
export interface Work {
  readonly broadcasts: readonly BroadcastView[];
  readonly slots: readonly Slot[];
  readonly events: readonly LocalEvent[];
  /** Entries of the directory that this person should call. */
  readonly due: number;
}

/** The lines of "waits for you", most pressing first. */
export function waitingFor(here: Here, work: Work): readonly Html[] {
  const things = thingsOf(here, work);
  return [
    ...setUp(here),
    ...things.filter((thing) => mayRelease(here.actor, thing)).map((thing) => line(here, "release", thing)),
    ...things.filter((thing) => wasReturned(here.actor, thing)).map((thing) => line(here, "returned", thing)),
    ...openSlots(here, work.slots),
    ...(work.due > 0 ? [html`<li>${link("/directory", here.say("desk.today.due", { count: work.due }))}</li>`] : []),
  ];
}

/** A draft of any kind: a broadcast, an event, the theme of a year. */
interface Thing {
  readonly title: string;
  readonly path: string;
  readonly state: string;
  readonly author: string;
  readonly writers: readonly string[];
  readonly remark?: string | undefined;
  readonly right: "broadcast.release" | "month.release";
}

function thingsOf({ lang }: Here, { broadcasts, slots, events }: Work): readonly Thing[] {
  return [
    ...slots.flatMap(({ title, draft, mine }) =>
      draft === null || !mine
        ? []
        : [{ ...draft, title: title[lang], path: "/campaign", right: "month.release" as const }],
    ),
    ...broadcasts
      .filter(({ broadcast }) => broadcast.event === undefined)
      .map(({ broadcast }) => ({
        ...broadcast,
        path: `/broadcasts/${broadcast.id}`,
        right: "broadcast.release" as const,
      })),
    ...events.map((event) => ({
      ...{ ...event, title: event.title[lang], path: `/events/${event.id}` },
      right: "month.release" as const,
    })),
  ];
}

/** Whoever wrote something may not release it. */
function mayRelease(actor: Actor, { state, writers, author, right }: Thing): boolean {
  return state === "submitted" && may(actor, right) && author !== actor.id && !writers.includes(actor.id);
}

function wasReturned(actor: Actor, { state, remark, author, writers }: Thing): boolean {
  return state === "draft" && remark !== undefined && (author === actor.id || writers.includes(actor.id));
}

function line({ say }: Here, what: "release" | "returned", { title, path, remark }: Thing): Html {
  const why = what === "returned" && remark !== undefined ? html`<br><span class="muted">${remark}</span>` : html``;
  return html`<li>${say(`desk.today.${what}`)} ${link(path, title)}${why}</li>`;
}

/** Campaigns whose year nobody has filled in yet. */
function openSlots({ say, actor, lang }: Here, slots: readonly Slot[]): readonly Html[] {
  if (!may(actor, "month.write")) return [];
  const open = slots.filter(({ draft, released, mine }) => mine && draft === null && !released);
  return open.map(({ title }) => html`<li>${say("desk.today.open_slot")} ${link("/campaign", title[lang])}</li>`);
}

/** For an administrator who has just begun. */
function setUp({ say, desk, actor }: Here): readonly Html[] {
  const unset = may(actor, "authority.write") && desk.authority.name() === null;
  return unset ? [html`<li>${link("/authority", say("desk.today.authority"))}</li>`] : [];
}
