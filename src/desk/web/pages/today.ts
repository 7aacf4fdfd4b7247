import { vietnamDay } from "../../../campaign/vietnam-day.ts";
import { type Html, html } from "../../../server/html.ts";
import { may, type Right } from "../../access.ts";
import type { BroadcastView } from "../../broadcasts/broadcasts.ts";
import type { CalendarEntry } from "../../month/month.ts";
import { DeskProblem } from "../../problem.ts";
import { badge, link } from "../parts.ts";
import type { Here, Page, Route } from "../route.ts";
import { dayWords } from "../words.ts";
import { people } from "./broadcasts/words.ts";
import { waitingFor } from "./waiting.ts";

/** The first page: what waits for this person, what is being sent, what comes next. */
export const todayRoutes: readonly Route[] = [{ method: "GET", path: "/", right: "own", show }];

const AHEAD_DAYS = 14;
const DAY_MS = 86_400_000;
const MOST = 8;

async function show(here: Here): Promise<Page> {
  const { desk, actor, now } = here;
  const to = vietnamDay(now + AHEAD_DAYS * DAY_MS);
  const broadcasts = await ifAllowed(here, "broadcast.read", () => desk.broadcasts.list(actor), []);
  const ahead = await ifAllowed(here, "month.read", () => desk.month.calendar(vietnamDay(now), to, actor), []);
  const slots = await ifAllowed(here, "month.read", () => desk.month.slots(actor), []);
  const events = await ifAllowed(here, "month.read", () => desk.month.events(actor), []);
  const entries = await ifAllowed(here, "directory.check", () => desk.directory.entries(actor), []);
  const due = entries.filter(({ reason, mine }) => reason !== null && mine).length;
  const body = html`${starts(here)}
${waiting(here, waitingFor(here, { broadcasts, slots, events, due }))}
${sending(here, broadcasts)}
${coming(here, ahead)}`;
  return { title: here.say("desk.today.title"), body };
}

/** Nothing for somebody without the right, nor where the desk refuses: the other parts of the page still help. */
async function ifAllowed<T>({ actor }: Here, right: Right, read: () => Promise<T>, otherwise: T): Promise<T> {
  if (!may(actor, right)) return otherwise;
  try {
    return await read();
  } catch (error) {
    if (error instanceof DeskProblem) return otherwise;
    throw error;
  }
}

function starts({ say, actor }: Here): Html {
  const links = [
    ...(may(actor, "broadcast.write") ? [link("/broadcasts/new", say("desk.today.write"), "button")] : []),
    ...(may(actor, "month.write") ? [link("/events/new", say("desk.today.event"), "button")] : []),
  ];
  return links.length === 0 ? html`` : html`<p class="row">${links}</p>`;
}

function waiting({ say }: Here, rows: readonly Html[]): Html {
  const list = rows.length === 0 ? html`<p>${say("desk.today.nothing")}</p>` : html`<ul class="tasks">${rows}</ul>`;
  return html`<section class="panel"><h2>${say("desk.today.waiting")}</h2>${list}</section>`;
}

function sending(here: Here, broadcasts: readonly BroadcastView[]): Html {
  const running = broadcasts.filter(({ standing }) => ["sending", "quiet", "paused"].includes(standing));
  if (running.length === 0) return html``;
  const { say } = here;
  const rows = running.map(({ broadcast, standing, runs }) => {
    const tallies = runs.flatMap((run) => run.tallies);
    const sum = (rows: typeof tallies) => rows.reduce((total, { n }) => total + n, 0);
    const sent = sum(tallies.filter(({ state }) => state === "sent"));
    const progress = { sent: people(here, sent), all: people(here, sum(tallies)) };
    const tone = standing === "paused" ? "wait" : "good";
    return html`<li>${link(`/broadcasts/${broadcast.id}`, broadcast.title)}
${badge(say(`desk.today.standing.${standing}`), tone)}
<span class="muted">${say("desk.today.progress", progress)}</span></li>`;
  });
  return html`<section class="panel"><h2>${say("desk.today.sending")}</h2><ul class="tasks">${rows}</ul></section>`;
}

function coming({ say, lang }: Here, ahead: readonly CalendarEntry[]): Html {
  const rows = ahead.slice(0, MOST).map(({ day, at, title, href }) => {
    const when = at === undefined ? dayWords(day) : `${at} ${dayWords(day)}`;
    const name = href === undefined ? html`${title[lang]}` : link(href, title[lang]);
    return html`<li><span class="muted">${when}</span> ${name}</li>`;
  });
  if (rows.length === 0) return html``;
  return html`<section class="panel"><h2>${say("desk.today.coming")}</h2><ul class="tasks">${rows}</ul></section>`;
}
