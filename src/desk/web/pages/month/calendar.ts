import { addDays } from "../../../../campaign/plan.ts";
import { daysBetween, vietnamDay } from "../../../../campaign/vietnam-day.ts";
import { type Html, html } from "../../../../server/html.ts";
import { daysBetweenBoth } from "../../../month/calendar.ts";
import { fullDay, shortDay, weekday } from "../../../month/day-words.ts";
import type { CalendarEntry, CurrentCampaign } from "../../../month/month.ts";
import { link } from "../../parts.ts";
import type { FileRoute, Here, Page } from "../../route.ts";
import { days, stateBadge, text, weekWords } from "./words.ts";

/** As many weeks as the month has. */
const WEEKS = 5;
const WEEK_DAYS = 7;

/** Five weeks as a grid; the weeks are those of the plan, so they begin on the weekday of the first day. */
export async function calendarPage(here: Here): Promise<Page> {
  const current = here.desk.month.current(here.actor);
  const today = vietnamDay(here.now);
  const open = current?.from ?? today;
  const from = firstDay(here.query["from"], open, current?.to ?? today, today);
  const to = addDays(from, WEEKS * WEEK_DAYS - 1);
  const entries = await here.desk.month.calendar(from, to, here.actor);
  const body = html`<p>${text(here, "calendar.intro")}</p>
${pager(here, from, open)}
${grid(here, entries, { from, open, today, last: current?.to ?? open })}
<p><a class="button quiet" href="/desk/month/calendar.ics">${text(here, "calendar.file")}</a></p>
<p class="hint">${text(here, "calendar.file-hint")}</p>`;
  return { title: text(here, "calendar.title", { days: days(here, from, to) }), body, styles: ["month.css"] };
}

/** The team's calendar from six weeks before the month to three weeks after it, for a calendar program. */
export const calendarFile: FileRoute["file"] = async (here) => {
  const { desk, actor, lang, now } = here;
  const current = desk.month.current(actor);
  const [open, close] = [current?.from ?? vietnamDay(now), current?.to ?? vietnamDay(now)];
  const entries = await desk.month.calendar(addDays(open, -BEFORE_DAYS), addDays(close, AFTER_DAYS), actor);
  const { calendarIcs, ICS_TYPE } = await import("../../../month/ics.ts");
  const words = ({ kind }: CalendarEntry) => (kind === "day" ? "" : `${text(here, `kind.${kind}`)}: `);
  const host = `${campaignHost(current)}.desk.an-tam.invalid`;
  return { type: ICS_TYPE, name: "lich-thang.ics", body: calendarIcs(entries, { host, lang, stamp: now, words }) };
};

const BEFORE_DAYS = 42;
const AFTER_DAYS = 21;

function campaignHost(current: CurrentCampaign | null): string {
  return current === null ? "month" : `campaign-${current.campaign}`;
}

/** A week's first day that somebody asked for; else the month while it runs, or the weeks around today. */
function firstDay(asked: string | undefined, open: string, close: string, today: string): string {
  const wanted = asked !== undefined && /^20\d{2}-\d{2}-\d{2}$/.test(asked) && isDay(asked) ? asked : undefined;
  const day = wanted ?? (today <= close && today >= open ? open : today);
  return addDays(open, Math.floor(daysBetween(open, day) / WEEK_DAYS) * WEEK_DAYS);
}

function isDay(text: string): boolean {
  return !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}

function pager(here: Here, from: string, open: string): Html {
  const to = (weeks: number) => `/month?from=${addDays(from, weeks * WEEK_DAYS)}`;
  return html`<nav class="pager" aria-label="${text(here, "calendar.pages")}">
${link(to(-WEEKS), text(here, "calendar.earlier"), "button")}
${from === open ? html`` : link(`/month?from=${open}`, text(here, "calendar.month"), "button")}
${link(to(WEEKS), text(here, "calendar.later"), "button")}
</nav>`;
}

interface Grid {
  readonly from: string;
  /** First and last day of the month. */
  readonly open: string;
  readonly last: string;
  readonly today: string;
}

/** The roles say that it is a table on a phone too, where its style sheet lays it out as a list by day. */
function grid(here: Here, entries: readonly CalendarEntry[], frame: Grid): Html {
  const week = daysBetweenBoth(frame.from, addDays(frame.from, WEEK_DAYS - 1));
  const heads = week.map((day) => html`<th scope="col" role="columnheader">${weekday(day, here.lang)}</th>`);
  const rows = Array.from({ length: WEEKS }, (_, n) => row(here, entries, addDays(frame.from, n * WEEK_DAYS), frame));
  return html`<table class="calendar" role="table">
<caption>${text(here, "calendar.caption")}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${text(here, "calendar.week")}</th>${heads}</tr></thead>
<tbody role="rowgroup">${rows}</tbody>
</table>`;
}

function row(here: Here, entries: readonly CalendarEntry[], first: string, frame: Grid): Html {
  const all = daysBetweenBoth(first, addDays(first, WEEK_DAYS - 1));
  const name = weekName(here, first, frame);
  const cells = all.map((day) =>
    cell(
      here,
      day,
      entries.filter((entry) => entry.day === day),
      frame,
    ),
  );
  return html`<tr role="row"><th scope="row" role="rowheader">${name}<span class="dates">${days(here, first, all.at(-1) ?? first)}</span></th>${cells}</tr>`;
}

/** Weeks after the month are named by their days alone. */
function weekName(here: Here, first: string, { open, last }: Grid): Html {
  if (first > last) return html``;
  const n = daysBetween(open, first) / WEEK_DAYS;
  return html`<span class="week">${weekWords(here, String(n < 0 ? n : n + 1))}</span> `;
}

function cell(here: Here, day: string, entries: readonly CalendarEntry[], { today, open, last }: Grid): Html {
  const kinds = [
    day === today ? "today" : "",
    day < open || day > last ? "outside" : "",
    entries.length === 0 ? "empty" : "",
  ];
  const now = day === today ? html` <strong class="now">${text(here, "calendar.today")}</strong>` : html``;
  const list = entries.length === 0 ? html`` : html`<ul>${entries.map((entry) => entryLine(here, entry))}</ul>`;
  return html`<td role="cell" class="${kinds.filter(Boolean).join(" ")}">
<p class="date"><time datetime="${day}"><span class="weekday">${weekday(day, here.lang)}, </span><span class="short">${shortDay(day, here.lang)}</span><span class="full">${fullDay(day, here.lang)}</span></time>${now}</p>
${list}</td>`;
}

function entryLine(here: Here, { kind, at, title, state, href }: CalendarEntry): Html {
  const words = title[here.lang];
  return html`<li class="entry ${kind}"><span class="kind">${text(here, `kind.${kind}`)}${at === undefined ? "" : ` ${at}`}</span>
${href === undefined ? html`${words}` : link(href, words)}
${state === undefined ? html`` : stateBadge(here, state)}</li>`;
}
