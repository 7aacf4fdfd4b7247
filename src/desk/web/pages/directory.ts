import { DUE_REASONS } from "../../../directory/due.ts";
import { type Html, html } from "../../../server/html.ts";
import type { DirectoryEntry } from "../../directory/directory.ts";
import { DeskProblem, type FieldIssue } from "../../problem.ts";
import { issueSummary, link } from "../parts.ts";
import { type Here, one, type Page, type Route } from "../route.ts";
import { answerForm, entryFacts, quickAnswers } from "./directory-entry.ts";

/** The directory: what should be called, by whom, and what came of it. */
export function directoryRoutes(): readonly Route[] {
  return [
    { method: "GET", path: "/directory", right: "directory.read", show: showList },
    {
      method: "GET",
      path: "/directory/:service",
      right: "directory.read",
      show: async (here, { service = "" }) => entryPage(here, await find(here, service)),
    },
    {
      method: "POST",
      path: "/directory/:service/check",
      action: "directory.check",
      input: (body, { service }) => {
        const note = one(body, "note");
        return { service, answer: one(body, "answer"), ...(note !== "" && { note }) };
      },
      done: (_, { service = "" }) => `/directory/${encodeURIComponent(service)}?said=directory-checked`,
      again: async (here, { issues }, body, { service = "" }) =>
        entryPage(here, await find(here, service), { issues, note: one(body, "note") }),
    },
  ];
}

/** Entries on one page: quick on an old laptop, and not too long to read. */
const PAGE_SIZE = 12;
const STYLES = ["directory.css"];

/** What a list shows, from its address. */
interface View {
  readonly query: string;
  readonly due: boolean;
  readonly mine: boolean;
  readonly page: number;
}

async function find({ desk, actor }: Here, id: string): Promise<DirectoryEntry> {
  const found = (await desk.directory.entries(actor)).find(({ service }) => service.id === id);
  if (found === undefined) throw new DeskProblem("not-found");
  return found;
}

async function showList(here: Here): Promise<Page> {
  const view = viewOf(here);
  const all = await here.desk.directory.entries(here.actor, view.query);
  const wanted = all.filter(({ reason, mine }) => (!view.due || reason !== null) && (!view.mine || mine));
  const pages = Math.max(1, Math.ceil(wanted.length / PAGE_SIZE));
  const page = Math.min(view.page, pages);
  const shown = wanted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const say = texts(here);
  const body = html`<p>${say("intro")}</p>
${searchForm(here, view)}
${filters(here, view)}
<p role="status">${say(wanted.length === 0 ? "none" : "count", { count: wanted.length })}</p>
${groups(here, shown)}
${pager(here, { ...view, page }, pages)}`;
  return { title: say("title"), body, styles: STYLES };
}

function viewOf({ query, actor }: Here): View {
  const page = Number(query["page"] ?? 1);
  return {
    query: (query["q"] ?? "").slice(0, 100),
    due: query["show"] !== "all",
    mine: (query["of"] ?? (actor.place === undefined ? "all" : "mine")) === "mine",
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

function pathOf({ query, due, mine, page }: View): string {
  const params = new URLSearchParams({
    q: query,
    show: due ? "due" : "all",
    of: mine ? "mine" : "all",
    page: String(page),
  });
  return `/directory?${params.toString()}`;
}

function texts({ say }: Here): Here["say"] {
  return (key, params) => say(`desk-directory.${key}`, params);
}

function searchForm(here: Here, { query, due, mine }: View): Html {
  const say = texts(here);
  return html`<form method="get" action="/desk/directory" role="search" class="search">
<label for="f-q">${say("search")}</label>
<input id="f-q" name="q" type="search" value="${query}">
<input type="hidden" name="show" value="${due && query !== "" ? "due" : "all"}">
<input type="hidden" name="of" value="${mine ? "mine" : "all"}">
<button type="submit" class="button quiet">${say("search_go")}</button>
</form>`;
}

/** Two switches: what is due or everything; one's own place or every place. */
function filters(here: Here, view: View): Html {
  const say = texts(here);
  const first = { ...view, page: 1 };
  const row = (to: View, label: string, current: boolean) =>
    html`<li><a href="/desk${pathOf(to)}"${current ? html` aria-current="true"` : html``}>${label}</a></li>`;
  const places =
    here.actor.place === undefined
      ? []
      : [
          row({ ...first, mine: true }, say("filter_mine"), view.mine),
          row({ ...first, mine: false }, say("filter_every_place"), !view.mine),
        ];
  return html`<nav class="filters" aria-label="${say("filter")}">
<ul>
${row({ ...first, due: true }, say("filter_due"), view.due)}
${row({ ...first, due: false }, say("filter_all"), !view.due)}
</ul>
${places.length === 0 ? html`` : html`<ul>${places}</ul>`}
</nav>`;
}

function groups(here: Here, entries: readonly DirectoryEntry[]): readonly Html[] {
  return [...DUE_REASONS, null].flatMap((reason) => {
    const some = entries.filter((entry) => entry.reason === reason);
    if (some.length === 0) return [];
    const title = texts(here)(`group_${reason ?? "fine"}`);
    return [html`<section><h2>${title}</h2>${some.map((entry) => card(here, entry))}</section>`];
  });
}

function card(here: Here, entry: DirectoryEntry): Html {
  const { id, names } = entry.service;
  return html`<article class="entry" aria-labelledby="e-${id}">
<h3 id="e-${id}">${link(`/directory/${id}`, names[here.lang])}</h3>
${entryFacts(here, entry, 1)}
${quickAnswers(here, entry)}
</article>`;
}

function pager(here: Here, view: View, pages: number): Html {
  if (pages === 1) return html``;
  const say = texts(here);
  const to = (page: number, label: string) => link(pathOf({ ...view, page }), label, "button");
  return html`<nav class="pager" aria-label="${say("pages")}">
${view.page > 1 ? to(view.page - 1, say("page_before")) : html``}
<span>${say("page", { page: view.page, pages })}</span>
${view.page < pages ? to(view.page + 1, say("page_next")) : html``}
</nav>`;
}

interface Tried {
  readonly issues: readonly FieldIssue[];
  readonly note: string;
}

async function entryPage(here: Here, entry: DirectoryEntry, tried: Tried = { issues: [], note: "" }): Promise<Page> {
  const { service } = entry;
  const next = await nextDue(here, service.id);
  const say = texts(here);
  const onward =
    next === undefined
      ? html`<p>${say("next_none")}</p>`
      : html`<p>${link(`/directory/${next.service.id}`, say("next", { name: next.service.names[here.lang] }), "button")}</p>`;
  const form = answerForm(here, entry, tried.note, tried.issues);
  const body = html`${issueSummary(here, tried.issues)}
<div class="entry" id="e-${service.id}">
${entryFacts(here, entry, entry.service.sources.length)}
</div>
${here.query["said"] === undefined ? [form, onward] : [onward, form]}
<p>${link("/directory", say("back"))}</p>`;
  return { title: service.names[here.lang], body, styles: STYLES };
}

/** The first entry of one's own, but this one, that somebody should call. */
async function nextDue({ desk, actor }: Here, id: string): Promise<DirectoryEntry | undefined> {
  const entries = await desk.directory.entries(actor);
  return entries.find(({ service, reason, mine }) => mine && reason !== null && service.id !== id);
}
