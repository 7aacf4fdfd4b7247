import { type Html, html } from "../../../../server/html.ts";
import { may } from "../../../access.ts";
import type { BroadcastView, Standing } from "../../../broadcasts/broadcasts.ts";
import { link, table } from "../../parts.ts";
import type { Here, Page } from "../../route.ts";
import { totals } from "./progress.ts";
import { contentWords, pathOf, people, segmentWords, standingBadge, text, whenWords } from "./words.ts";

interface Section {
  readonly name: "sending" | "waiting" | "coming" | "drafts" | "past";
  readonly standings: readonly Standing[];
}

/** Sections of the list in order: what moves now, what waits for somebody, what comes, what is over. */
const SECTIONS: readonly Section[] = [
  { name: "sending", standings: ["sending", "quiet", "paused"] },
  { name: "waiting", standings: ["submitted"] },
  { name: "coming", standings: ["scheduled"] },
  { name: "drafts", standings: ["draft"] },
  { name: "past", standings: ["done", "expired", "aborted"] },
];

/** Places that a row names. */
const PLACES_NAMED = 2;

/** So many of the past are shown until somebody asks for all. */
const PAST_SHOWN = 20;

export async function listPage(here: Here): Promise<Page> {
  const views = await here.desk.broadcasts.list(here.actor);
  const write = may(here.actor, "broadcast.write")
    ? html`<p>${link("/broadcasts/new", text(here, "new"), "button")}</p>`
    : html``;
  const sections = SECTIONS.map((one) => section(here, one, views));
  const body = html`<p>${text(here, "list.intro")}</p>
${write}
${views.length === 0 ? html`<p>${text(here, "list.none")}</p>` : sections}`;
  return { title: text(here, "list.title"), body, styles: ["broadcasts.css"] };
}

function section(here: Here, { name, standings }: Section, all: readonly BroadcastView[]): Html {
  const views = all.filter(({ standing }) => standings.includes(standing));
  if (views.length === 0) return html``;
  const isCut = name === "past" && here.query["past"] !== "all" && views.length > PAST_SHOWN;
  const shown = isCut ? views.slice(0, PAST_SHOWN) : views;
  // Where all stand the same and nothing was sent, the heading says it.
  const columns = standings.length > 1 ? ["standing", "progress"] : [];
  const headings = ["title-column", "whom", "when", ...columns].map((heading) => text(here, `list.${heading}`));
  const rows = shown.map((view) => row(here, view).slice(0, headings.length));
  const rest = isCut
    ? html`<p>${link("/broadcasts?past=all", text(here, "list.all", { n: views.length }))}</p>`
    : html``;
  return html`<section class="broadcasts">${table(text(here, `list.section.${name}`), headings, rows)}
${rest}</section>`;
}

function row(here: Here, view: BroadcastView): readonly (string | Html)[] {
  const { broadcast, standing } = view;
  return [
    html`${link(pathOf(broadcast), broadcast.title)}<br><small>${contentWords(here, broadcast.content)}</small>`,
    segmentWords(here, broadcast.segment, PLACES_NAMED),
    whenWords(here, view),
    standingBadge(here, standing),
    progressWords(here, view),
  ];
}

function progressWords(here: Here, { runs }: BroadcastView): string {
  if (runs.length === 0) return "–";
  const { sent, all } = totals(runs);
  return text(here, "list.sent", { sent: people(here, sent), all: people(here, all) });
}
