import type { Preview } from "../../../../broadcast/preview.ts";
import { occurrences } from "../../../../broadcast/schedule.ts";
import { type Html, html } from "../../../../server/html.ts";
import type { BroadcastView } from "../../../broadcasts/broadcasts.ts";
import { isFew } from "../../../few.ts";
import type { DeskProblem } from "../../../problem.ts";
import { link } from "../../parts.ts";
import type { Here, Page, Params } from "../../route.ts";
import { isBlocked, previewList } from "./previews.ts";
import { isMoving, progressParts, progressSection, progressSentence, seriesTable, totals } from "./progress.ts";
import { reachSection } from "./reach.ts";
import { steps } from "./steps.ts";
import { contentWords, endWords, moment, scheduleWords, segmentWords, standingBadge, text } from "./words.ts";

/** Everything about one broadcast. `problem`: why what was just tried was refused. */
export async function viewPage(here: Here, { id = "" }: Params, problem?: DeskProblem): Promise<Page> {
  const view = await here.desk.broadcasts.view(id, here.actor);
  const previews = previewsOf(here, view);
  const reach = isAhead(view) ? reachSection(here, await here.desk.broadcasts.reach(view.broadcast.segment)) : html``;
  const own = stepsSection(here, view, previews);
  const looks = html`<section aria-labelledby="preview-title"><h2 id="preview-title">${text(here, "preview.title")}</h2>
<p class="hint">${text(here, "preview.hint")}</p>
${previewList(here, view.broadcast.content, previews)}</section>`;
  const parts = isComing(view)
    ? html`${summary(here, view)}${jump(here)}${looks}${reach}${seriesTable(here, view)}${own}`
    : html`${own}${progressSection(here, view)}${summary(here, view)}${seriesTable(here, view)}${reach}${looks}`;
  const body = html`${refusal(here, problem)}
<p id="standing">${standing(here, view)}</p>
${remark(here, view)}
${parts}
<p>${link("/broadcasts", text(here, "view.back"))}</p>`;
  return { title: view.broadcast.title, body, scripts: ["progress.js"], styles: ["broadcasts.css"] };
}

/** Whether nobody has been sent it yet: afterwards progress tells who was reached. */
function isAhead({ standing: now, runs }: BroadcastView): boolean {
  return now === "draft" || now === "submitted" || (now === "scheduled" && runs.length === 0);
}

/** Before it is decided, people read what it is first and decide at the end; later the steps come first. */
function isComing({ standing: now }: BroadcastView): boolean {
  return now === "draft" || now === "submitted";
}

function previewsOf({ desk, now }: Here, { broadcast, nextAt }: BroadcastView): readonly Preview[] {
  const first = occurrences(broadcast)[0]?.from;
  return desk.broadcasts.preview(broadcast.content, broadcast.segment, nextAt ?? first ?? now);
}

/** What keeps it from going on; a refusal without details is said by the shell. */
function refusal(here: Here, problem: DeskProblem | undefined): Html {
  if (problem === undefined || problem.issues.length === 0) return html``;
  return html`<ul class="problem" role="alert">${problem.issues.map((issue) => html`<li>${here.say(issue.text, issue.params)}</li>`)}</ul>`;
}

function standing(here: Here, { standing: now }: BroadcastView): Html {
  return html`${standingBadge(here, now)} ${text(here, `standing-hint.${now}`)}`;
}

function jump(here: Here): Html {
  return html`<p><a href="#steps">${text(here, "view.jump")}</a></p>`;
}

function remark(here: Here, { broadcast }: BroadcastView): Html {
  if (broadcast.remark === undefined || broadcast.state !== "draft") return html``;
  return html`<div class="remark"><h2>${text(here, "view.remark")}</h2><p class="words">${broadcast.remark}</p></div>`;
}

function summary(here: Here, view: BroadcastView): Html {
  const { broadcast, nextAt, authorName, releasedByName } = view;
  const { content, segment, schedule } = broadcast;
  const rows = [
    ["what", contentWords(here, content)],
    ["whom", segmentWords(here, segment, segment.places.length)],
    ["when", scheduleWords(here, schedule)],
    ["next", nextAt === null || schedule.kind === "once" ? "" : moment(here, nextAt)],
    ["end", endWords(here, schedule)],
    ["author", authorName],
    ["released", releasedByName ?? ""],
    ["changed", moment(here, broadcast.changedAt)],
  ].filter(([, words]) => words !== "");
  return html`<section aria-labelledby="about-title"><h2 id="about-title">${text(here, "view.about")}</h2>
<dl class="terms">${rows.map(([name = "", words = ""]) => html`<dt>${text(here, `view.${name}`)}</dt><dd>${words}</dd>`)}</dl>
</section>`;
}

function stepsSection(here: Here, view: BroadcastView, previews: readonly Preview[]): Html {
  const own = steps(here, view, isBlocked(previews));
  return html`<section aria-labelledby="steps" class="panel"><h2 id="steps" tabindex="-1">${text(here, "steps.title")}</h2>
<div id="steps-now">${own}</div></section>`;
}

/** The parts of the page that change while it is sent, for the script: markup and one sentence to be read aloud. */
export async function progressFile(here: Here, { id = "" }: Params): Promise<{ type: string; body: string }> {
  const view = await here.desk.broadcasts.view(id, here.actor);
  const answer = {
    standing: view.standing,
    moving: isMoving(view),
    sent: shownSent(view),
    progress: progressParts(here, view).markup,
    steps: steps(here, view, false).markup,
    badge: standing(here, view).markup,
    said: progressSentence(here, view),
  };
  return { type: "application/json; charset=utf-8", body: JSON.stringify(answer) };
}

/** For the pace that the script shows. */
function shownSent({ runs: [newest] }: BroadcastView): number {
  const sent = newest === undefined ? 0 : totals([newest]).sent;
  return isFew(sent) ? 0 : sent;
}
