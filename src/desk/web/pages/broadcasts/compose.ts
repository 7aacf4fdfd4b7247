import { occurrences } from "../../../../broadcast/schedule.ts";
import { type Html, html } from "../../../../server/html.ts";
import type { DeskMedia } from "../../../media.ts";
import { DeskProblem, type FieldIssue } from "../../../problem.ts";
import { formTo, input, issueSummary, link, submit } from "../../parts.ts";
import { type FormBody, type Here, one, type Page, type Params, upload } from "../../route.ts";
import { seenField, seenOf } from "../../seen.ts";
import { bodyOf, formIssues, LABEL_MAX, TEXT_MAX, TITLE_MAX, WAY_ROWS } from "./form-fields.ts";
import { type ReadForm, readForm } from "./form-input.ts";
import { placeFields } from "./form-places.ts";
import { whatStep } from "./form-what.ts";
import { freshFields, whenStep, whomStep } from "./form-whom.ts";
import { COMING_FILE, previewList } from "./previews.ts";
import { pathOf, people, text } from "./words.ts";

export async function newPage(here: Here): Promise<Page> {
  const { place } = here.actor;
  return composePage(
    here,
    { ...freshFields(here), ...placeFields(here, place === undefined ? [] : [place]) },
    undefined,
  );
}

export async function editPage(here: Here, { id = "" }: Params): Promise<Page> {
  const { broadcast } = await here.desk.broadcasts.view(id, here.actor);
  return composePage(here, { ...bodyOf(broadcast, here), seen: String(broadcast.changedAt) }, id);
}

/** The form again, with what was entered, the file that came with it, and what does not fit. */
export async function againPage(
  here: Here,
  media: DeskMedia,
  {
    problem,
    body,
    params: { id },
  }: { readonly problem: DeskProblem; readonly body: FormBody; readonly params: Params },
): Promise<Page> {
  const kept = await withFile(media, body).catch((error: unknown) => {
    if (error instanceof DeskProblem) return body;
    throw error;
  });
  return composePage(here, kept, id, formIssues(problem.issues, one(body, "schedule.kind")));
}

/** Input of `broadcast.write`. Rejects with `DeskProblem` invalid: everything that does not fit at once. */
export async function writeInput(here: Here, media: DeskMedia, body: FormBody, { id }: Params): Promise<unknown> {
  const issues: FieldIssue[] = [];
  const kept = await withFile(media, body).catch((error: unknown) => {
    if (!(error instanceof DeskProblem)) throw error;
    issues.push(...error.issues);
    return body;
  });
  const read = readForm(here, kept);
  issues.push(...read.issues);
  if (issues.length > 0) throw new DeskProblem("invalid", issues);
  return { ...(id !== undefined && { id }), ...seenOf(body), ...read.written };
}

/** The form with the name of the file that came along in the place of the one before. Keeping twice keeps one file. */
async function withFile(media: DeskMedia, body: FormBody): Promise<FormBody> {
  const came = upload(body, "media");
  if (came === undefined) return body;
  const { file } = await media.keep(came);
  return { ...body, media: undefined, "media.drop": undefined, "content.media.file": file };
}

function composePage(here: Here, body: FormBody, id: string | undefined, issues: readonly FieldIssue[] = []): Page {
  const path = id === undefined ? "/broadcasts/new" : pathOf({ id }, "edit");
  const back = id === undefined ? "/broadcasts" : pathOf({ id });
  const form = html`${seenField(seenOf(body).seen)}${step(here, 1, "name", nameStep(here, body, issues))}
${step(here, 2, "what", whatStep(here, body, issues))}
${step(here, 3, "whom", whomStep(here, body, issues), html`<div data-fragment="/desk/broadcasts/reach" data-fields="segment."></div>`)}
${step(here, 4, "when", whenStep(here, body, issues))}
<p class="hint">${text(here, "form.after-save")}</p>
<p class="buttons">${submit(text(here, "form.save"))} ${link(back, text(here, "form.leave"))}</p>`;
  const content = html`<p>${text(here, "form.intro-page")}</p>
${issueSummary(here, issues)}
<div class="compose"${scriptFacts(here)}>
${formTo(here, path, form, { files: true })}
<aside aria-labelledby="preview-title"><h2 id="preview-title">${text(here, "preview.title")}</h2>
<div data-fragment="/desk/broadcasts/preview" data-fields=""><p class="hint">${text(here, "preview.after-save")}</p></div>
</aside>
</div>`;
  const title = text(here, id === undefined ? "form.title-new" : "form.title-edit");
  return { title, body: content, scripts: ["compose.js"], styles: ["broadcasts.css"] };
}

function step(here: Here, n: number, name: string, fields: Html, after: Html = html``): Html {
  return html`<section class="panel" aria-labelledby="step-${name}">
<h2 id="step-${name}">${String(n)}. ${text(here, `form.step.${name}`)}</h2>
${fields}${after}
</section>`;
}

function nameStep(here: Here, body: FormBody, issues: readonly FieldIssue[]): Html {
  const words = { label: text(here, "form.name"), hint: text(here, "form.name-hint") };
  return input(here, { name: "title", ...words, value: one(body, "title"), required: true }, issues);
}

/** What the script counts, in which words, and what it says when a preview does not come. */
function scriptFacts(here: Here): Html {
  const both = (name: string, most: number) => [[`${name}.vi`, most] as const, [`${name}.en`, most] as const];
  const counts = Object.fromEntries([
    ["title", TITLE_MAX] as const,
    ...both("content.text", TEXT_MAX),
    ...both("content.intro", TEXT_MAX),
    ...WAY_ROWS.flatMap((row) => both(`content.ways.${row}.label`, LABEL_MAX)),
  ]);
  return html` data-counts="${JSON.stringify(counts)}" data-count="${text(here, "form.count", { n: "{n}", most: "{most}" })}" data-failed="${text(here, "preview.failed")}"`;
}

/** What the form would look like, for the script. Of a file that was chosen only its ending comes, in `media.coming`. */
export async function previewFragment(here: Here, body: FormBody): Promise<Html> {
  const { written } = readForm(here, withComing(body));
  const { content, segment, schedule } = written;
  const at = occurrences({ id: "x", schedule })[0]?.from ?? here.now;
  return previewList(here, content, here.desk.broadcasts.preview(content, segment, Number.isNaN(at) ? here.now : at));
}

function withComing(body: FormBody): FormBody {
  const ending = one(body, "media.coming").replace("jpeg", "jpg");
  if (!/^(?:jpg|png|mp3|m4a|ogg|aac)$/.test(ending)) return body;
  return { ...body, "media.drop": undefined, "content.media.file": `${COMING_FILE}.${ending}` };
}

/** How many people the chosen segment reaches now, in one sentence. */
export async function reachFragment(here: Here, body: FormBody): Promise<Html> {
  const { written, issues }: ReadForm = readForm(here, body);
  if (issues.some(({ field }) => field.startsWith("segment."))) return html``;
  const { reachable, subscribed } = await here.desk.broadcasts.reach(written.segment);
  const words = text(here, "reach.sum", { reachable: people(here, reachable), subscribed: people(here, subscribed) });
  return html`<p><strong>${words}</strong></p>`;
}
