import { LANGS } from "../../../../flow/ids.ts";
import { type Html, html } from "../../../../server/html.ts";
import type { FieldIssue } from "../../../problem.ts";
import { choices, input, select, textarea } from "../../parts.ts";
import { type FormBody, type Here, one } from "../../route.ts";
import { LABEL_MAX, WAY_ROWS, wayValue } from "./form-fields.ts";
import { text } from "./words.ts";

type Issues = readonly FieldIssue[];

/** What is sent: a message, the tip of the day or the quiz of the day. Style shows the fields of the chosen one. */
export function whatStep(here: Here, body: FormBody, issues: Issues): Html {
  const kinds = ["message", "tip", "quiz"].map((value) => ({ value, label: text(here, `form.kind.${value}`) }));
  const chosen = [one(body, "content.kind") || "message"];
  const kind = { name: "content.kind", label: text(here, "form.kind.label") };
  return html`${choices(here, kind, kinds, chosen, { type: "radio", issues })}
<div class="for-message">
${bothLanguages(here, body, issues, { name: "content.text", label: "form.text", hint: "form.text-hint", rows: 8 })}
${mediaFields(here, body, issues)}
${wayFields(here, body, issues)}
</div>
<div class="for-tip"><p>${text(here, "form.tip")}</p>
${tipFields(here, body, issues)}</div>
<div class="for-quiz">${quizFields(here, body, issues)}</div>`;
}

interface Texts {
  readonly name: string;
  /** A text of the namespace with `{{lang}}`. */
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
}

/** One text in both languages, side by side where there is room. */
function bothLanguages(here: Here, body: FormBody, issues: Issues, { name, label, hint, rows }: Texts): Html {
  const fields = LANGS.map((lang) => {
    const field = {
      name: `${name}.${lang}`,
      label: text(here, label, { lang: text(here, `lang.${lang}`) }),
      lang,
      rows,
    };
    return textarea(here, { ...field, value: one(body, field.name), required: true }, issues);
  });
  return html`<p class="hint">${text(here, hint)}</p>
<div class="pair">${fields}</div>`;
}

const ACCEPTED = ".jpg,.jpeg,.png,.mp3,.m4a,.ogg,.aac,image/jpeg,image/png,audio/*";

function mediaFields(here: Here, body: FormBody, issues: Issues): Html {
  const file = one(body, "content.media.file");
  const hint = text(here, file === "" ? "form.media-hint" : "form.media-other");
  return html`<fieldset class="field"><legend>${text(here, "form.media")}</legend>
${file === "" ? html`` : keptMedia(here, body, file)}
${input(here, { name: "media", label: text(here, "form.media-file"), hint, type: "file", accept: ACCEPTED }, issues)}
${bothLanguages(here, body, issues, { name: "content.media.alt", label: "form.alt", hint: "form.alt-hint", rows: 2 })}
</fieldset>`;
}

function keptMedia(here: Here, body: FormBody, file: string): Html {
  const address = `/desk/broadcasts/media/${file}`;
  const shown = /(?:jpg|png)$/.test(file)
    ? html`<img src="${address}" alt="${one(body, `content.media.alt.${here.lang}`)}">`
    : html`<audio src="${address}" controls preload="none" aria-label="${text(here, "form.kept-voice")}"></audio>`;
  const dropped = one(body, "media.drop") === "" ? [] : ["yes"];
  return html`<div class="kept">${shown}</div>
<input type="hidden" name="content.media.file" value="${file}">
<div class="choice"><input type="checkbox" id="f-media.drop" name="media.drop" value="yes"${dropped.length > 0 ? html` checked` : html``}>
<label for="f-media.drop">${text(here, "form.media-drop")}</label></div>`;
}

/** Up to four choices below the message; those after the first are folded until somebody needs them. */
function wayFields(here: Here, body: FormBody, issues: Issues): Html {
  const rows = WAY_ROWS.map((row) => {
    const name = `content.ways.${row}`;
    const used = one(body, `${name}.to`) !== "" || issues.some(({ field }) => field.startsWith(name));
    const open = used || row === 0 ? html` open` : html``;
    return html`<details class="way"${open}><summary>${text(here, "form.way", { n: row + 1 })}</summary>
${wayRow(here, name, body, issues)}</details>`;
  });
  return html`<fieldset class="field"><legend>${text(here, "form.ways")}</legend>
<p class="hint">${text(here, "form.ways-hint")}</p>
${rows}</fieldset>`;
}

function wayRow(here: Here, name: string, body: FormBody, issues: Issues): Html {
  const ways = here.desk.broadcasts.ways().map((way) => {
    const label = way.label[here.lang];
    return { value: wayValue(way), label: "quiz" in way ? text(here, "form.way-quiz", { quiz: label }) : label };
  });
  const options = [{ value: "", label: text(here, "form.way-none") }, ...ways];
  const labels = LANGS.map((lang) => {
    const field = `${name}.label.${lang}`;
    const label = text(here, "form.way-label", { lang: text(here, `lang.${lang}`) });
    const hint = text(here, "form.way-label-hint", { most: LABEL_MAX });
    return input(here, { name: field, label, hint, value: one(body, field), lang }, issues);
  });
  const to = { name: `${name}.to`, label: text(here, "form.way-to"), value: one(body, `${name}.to`) };
  return html`${select(here, to, options, issues)}<div class="pair">${labels}</div>`;
}

function tipFields(here: Here, body: FormBody, issues: Issues): Html {
  const topics = here.desk.broadcasts
    .tipTopics()
    .map(({ topic, title }) => ({ value: topic, label: title[here.lang] }));
  const options = [{ value: "", label: text(here, "form.tip-daily") }, ...topics];
  const which = { name: "content.topic", label: text(here, "form.tip-topic"), value: one(body, "content.topic") };
  return select(here, { ...which, required: true }, options, issues);
}

function quizFields(here: Here, body: FormBody, issues: Issues): Html {
  const quizzes = here.desk.broadcasts
    .ways()
    .flatMap((way) => ("quiz" in way ? [{ value: way.quiz, label: way.label[here.lang] }] : []));
  const options = [{ value: "", label: text(here, "form.quiz-daily") }, ...quizzes];
  const which = {
    name: "content.quiz",
    label: text(here, "form.quiz"),
    value: one(body, "content.quiz"),
    required: true,
  };
  return html`${select(here, which, options, issues)}
${bothLanguages(here, body, issues, { name: "content.intro", label: "form.intro", hint: "form.intro-hint", rows: 3 })}`;
}
