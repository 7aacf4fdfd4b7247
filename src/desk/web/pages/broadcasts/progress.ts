import { occurrences } from "../../../../broadcast/schedule.ts";
import type { ChannelName } from "../../../../channels/port.ts";
import { type Html, html } from "../../../../server/html.ts";
import type { Tally } from "../../../../stores/ledger-store.ts";
import type { BroadcastView, RunProgress } from "../../../broadcasts/broadcasts.ts";
import { isFew } from "../../../few.ts";
import { link, table } from "../../parts.ts";
import type { Here } from "../../route.ts";
import { channelName, day, moment, pathOf, people, text } from "./words.ts";

interface Totals {
  readonly all: number;
  readonly waiting: number;
  readonly sent: number;
  readonly skipped: number;
  readonly failed: number;
}

/** People of these runs by what became of them. */
export function totals(runs: readonly RunProgress[]): Totals {
  return totalsOf(runs.flatMap(({ tallies }) => tallies));
}

function totalsOf(tallies: readonly Tally[]): Totals {
  const of = (...states: Tally["state"][]) =>
    tallies.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  const [waiting, sent, skipped, failed] = [of("planned", "sending"), of("sent"), of("skipped"), of("failed")];
  return { all: waiting + sent + skipped + failed, waiting, sent, skipped, failed };
}

/** How far the newest run is: a bar, its words, a row for each channel. Nothing before the first. */
export function progressParts(here: Here, view: BroadcastView): Html {
  const [newest] = view.runs;
  if (newest === undefined) return html``;
  const { all, waiting, sent, skipped, failed } = totals([newest]);
  const done = isFew(all) ? 0 : all - waiting;
  const words = { all: people(here, all), waiting: people(here, waiting), sent: people(here, sent) };
  return html`<p><label for="progress-bar">${progressSentence(here, view)}</label></p>
<progress id="progress-bar" max="${String(Math.max(all, 1))}" value="${String(done)}"></progress>
${newest.run.planned ? html`` : html`<p class="hint">${text(here, "progress.planning")}</p>`}
<p>${text(here, "progress.counts", { ...words, skipped: people(here, skipped), failed: people(here, failed) })}</p>
${channelTable(here, newest.tallies)}`;
}

/** The same in one sentence, for whoever listens. */
export function progressSentence(here: Here, { runs: [newest], standing }: BroadcastView): string {
  if (newest === undefined) return "";
  const { all, waiting, sent } = totals([newest]);
  const percent = all === 0 || isFew(all) ? 0 : Math.floor(((all - waiting) / all) * 100);
  const said = { percent, sent: people(here, sent), all: people(here, all) };
  const { closed } = newest.run;
  const outcome = text(here, closed === null ? `standing.${standing}` : `series.${closed.as}`);
  return `${outcome}. ${text(here, "progress.sentence", said)}`;
}

function channelTable(here: Here, tallies: readonly Tally[]): Html {
  const channels = [...new Set(tallies.map(({ channel }) => channel))];
  const headings = ["channel", "sent", "waiting", "skipped", "failed"].map((heading) =>
    text(here, `progress.${heading}`),
  );
  return table(
    text(here, "progress.by-channel"),
    headings,
    channels.map((channel) => channelRow(here, channel, tallies)),
  );
}

function channelRow(here: Here, channel: ChannelName, tallies: readonly Tally[]): readonly (string | Html)[] {
  const own = tallies.filter((tally) => tally.channel === channel);
  const { sent, waiting } = totalsOf(own);
  return [
    channelName(here, channel),
    people(here, sent),
    people(here, waiting),
    reasons(
      here,
      "skip",
      own.filter(({ state }) => state === "skipped"),
    ),
    reasons(
      here,
      "fail",
      own.filter(({ state }) => state === "failed"),
    ),
  ];
}

/** Each reason with how many, the most frequent first. */
function reasons(here: Here, kind: "skip" | "fail", tallies: readonly Tally[]): string | Html {
  const most = [...tallies].sort((a, b) => b.n - a.n);
  if (most.length === 0) return "0";
  const rows = most.map(({ why, n }) => html`<li>${people(here, n)}: ${text(here, `${kind}.${why}`)}</li>`);
  return html`<ul class="reasons">${rows}</ul>`;
}

/** Days of a series that are drawn: all that began, and so many that come. */
const COMING_SHOWN = 31;

/** A table of the days of a series. Nothing for what is sent once. */
export function seriesTable(here: Here, { broadcast, runs }: BroadcastView): Html {
  if (broadcast.schedule.kind === "once") return html``;
  const begun = new Map(runs.map((progress) => [progress.run.run, progress]));
  const all = occurrences(broadcast);
  const coming = all.filter(({ run }) => !begun.has(run));
  const shown = all.filter(({ run }) => begun.has(run) || coming.slice(0, COMING_SHOWN).some((one) => one.run === run));
  const headings = ["day", "outcome", "sent", "skipped", "failed"].map((heading) => text(here, `series.${heading}`));
  const rows = shown.map(({ run, day: date, until }) => [day(here, date), ...dayCells(here, begun.get(run), until)]);
  return html`<section class="numbers"><h2>${text(here, "series.title")}</h2>
${table(text(here, "series.caption", { n: all.length }), headings, rows)}</section>`;
}

function dayCells(here: Here, progress: RunProgress | undefined, until: number): readonly string[] {
  if (progress === undefined) return [text(here, until <= here.now ? "series.missed" : "series.coming"), "–", "–", "–"];
  const { sent, all, skipped, failed } = totals([progress]);
  const closed = progress.run.closed;
  const outcome = text(here, closed === null ? "series.running" : `series.${closed.as}`);
  const of = text(here, "list.sent", { sent: people(here, sent), all: people(here, all) });
  return [outcome, of, people(here, skipped), people(here, failed)];
}

/** The section that the script keeps fresh while something is sent; without a script a link does. */
export function progressSection(here: Here, view: BroadcastView): Html {
  if (view.runs.length === 0) return html``;
  const path = pathOf(view.broadcast, "progress");
  const live = isMoving(view) ? html` data-live="/desk${path}" data-standing="${view.standing}"` : html``;
  const fresh = isMoving(view)
    ? html`<p class="refresh">${link(pathOf(view.broadcast), text(here, "progress.refresh"))}</p>`
    : html``;
  return html`<section aria-labelledby="progress-title" class="numbers"${live}>
<h2 id="progress-title">${text(here, "progress.title")}</h2>
<div id="progress">${progressParts(here, view)}</div>
<p id="rate" class="hint" data-rate="${text(here, "progress.rate", { n: "{n}" })}" hidden></p>
<p class="visually-hidden" role="status" aria-live="polite" id="progress-said"></p>
${fresh}${began(here, view)}</section>`;
}

/** Whether numbers may change by themselves. */
export function isMoving({ standing }: BroadcastView): boolean {
  return standing === "sending" || standing === "quiet" || standing === "paused";
}

function began(here: Here, { runs: [newest] }: BroadcastView): Html {
  if (newest === undefined) return html``;
  const { startedAt, closed } = newest.run;
  const start = text(here, "progress.began", { when: moment(here, startedAt) });
  const end = closed === null ? "" : text(here, "progress.ended", { when: moment(here, closed.at) });
  return html`<p class="hint">${[start, end].filter(Boolean).join(" ")}</p>`;
}
