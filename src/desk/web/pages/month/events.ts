import { vietnamLocal } from "../../../../broadcast/schedule.ts";
import { type Html, html } from "../../../../server/html.ts";
import { may } from "../../../access.ts";
import { eventTime } from "../../../month/day-words.ts";
import type { LocalEvent } from "../../../month/month.ts";
import { link, press, table } from "../../parts.ts";
import type { Here, Page, Params } from "../../route.ts";
import { moment, placeWords } from "../../words.ts";
import { reviewSteps } from "./review-steps.ts";
import { facts, localMoment, namesOf, quoted, stateBadge, text } from "./words.ts";

export async function eventsPage(here: Here): Promise<Page> {
  const events = await here.desk.month.events(here.actor);
  const now = vietnamLocal(here.now);
  const add = may(here.actor, "month.write")
    ? html`<p>${link("/events/new", text(here, "events.new"), "button")}</p>`
    : html``;
  const body = html`<p>${text(here, "events.intro")}</p>
${add}
${events.length === 0 ? html`<p>${text(here, "events.none")}</p>` : html``}
${eventTable(
  here,
  text(here, "events.coming"),
  events.filter(({ until }) => until >= now),
)}
${eventTable(
  here,
  text(here, "events.past"),
  events.filter(({ until }) => until < now),
)}`;
  return { title: text(here, "events.title"), body, styles: ["month.css"] };
}

function eventTable(here: Here, caption: string, events: readonly LocalEvent[]): Html {
  if (events.length === 0) return html``;
  const headings = ["what", "when", "where", "state", "reminders"].map((name) => text(here, `events.${name}`));
  const rows = events.map((event) => [
    link(`/events/${event.id}`, event.title[here.lang]),
    eventTime(event)[here.lang],
    `${event.venue[here.lang]}, ${placeWords(here, event.place)}`,
    stateBadge(here, event.state),
    String(event.reminders.length),
  ]);
  return table(caption, headings, rows);
}

export async function eventPage(here: Here, { id = "" }: Params): Promise<Page> {
  const event = await here.desk.month.event(id, here.actor);
  const published = await here.desk.month.publicEvent(id);
  const body = html`<p>${stateBadge(here, event.state)} ${text(here, `event.state-${event.state}`)}</p>
${eventFacts(here, event)}
${await history(here, event)}
${reviewSteps(here, event, { path: `/events/${id}`, kind: "event" })}
${published === null ? html`` : html`<p><a href="/events/${id}.ics">${text(here, "event.ics")}</a></p>`}
${cancelLink(here, event)}`;
  return { title: event.title[here.lang], body, styles: ["month.css"] };
}

function eventFacts(here: Here, event: LocalEvent): Html {
  const both = (words: LocalEvent["title"]) => html`${quoted(words.vi, "vi")}<br>${quoted(words.en, "en")}`;
  const reminders = event.reminders.map((at) => html`<li>${localMoment(here, at)}</li>`);
  return facts([
    [text(here, "event.title"), both(event.title)],
    [text(here, "event.about"), both(event.about)],
    [text(here, "events.when"), eventTime(event)[here.lang]],
    [text(here, "event.venue"), both(event.venue)],
    [text(here, "event.place"), placeWords(here, event.place)],
    [text(here, "event.organiser"), both(event.organiser)],
    [
      text(here, "events.reminders"),
      reminders.length === 0 ? text(here, "event.no-reminders") : html`<ul>${reminders}</ul>`,
    ],
  ]);
}

async function history(here: Here, { writers, releasedBy, state, changedAt }: LocalEvent): Promise<Html> {
  const name = await namesOf(here);
  const at = moment(here.lang, changedAt);
  const people = {
    writers: writers.map(name).join(", "),
    releaser: releasedBy === undefined ? "" : name(releasedBy),
    at,
  };
  return html`<p class="hint">${text(here, state === "released" ? "review.history-released" : "review.history", people)}</p>`;
}

function cancelLink(here: Here, { id, state }: LocalEvent): Html {
  if (state === "cancelled" || !may(here.actor, "month.write")) return html``;
  return html`<p>${link(`/events/${id}/cancel`, text(here, "event.cancel"))}</p>`;
}

/** A page of its own before something that cannot be undone. */
export async function cancelPage(here: Here, { id = "" }: Params): Promise<Page> {
  const event = await here.desk.month.event(id, here.actor);
  const body = html`<p><strong>${event.title[here.lang]}</strong><br>${eventTime(event)[here.lang]}</p>
<p>${text(here, "event.cancel-what")}</p>
<div class="buttons">${press(here, `/events/${id}/cancel`, text(here, "event.cancel-yes"), "danger")}
${link(`/events/${id}`, text(here, "event.cancel-no"), "button")}</div>`;
  return { title: text(here, "event.cancel-title"), body, styles: ["month.css"] };
}
