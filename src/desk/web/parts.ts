import { type Html, html } from "../../server/html.ts";
import type { FieldIssue } from "../problem.ts";
import type { Here } from "./route.ts";

/** What a field shows beside its value. `name` is the name in the form and in `FieldIssue.field`. */
export interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly lang?: "vi" | "en";
}

interface InputParts extends FieldParts {
  readonly type?: "text" | "password" | "email" | "date" | "time" | "datetime-local" | "number" | "file" | "url";
  readonly autocomplete?: string;
  readonly inputmode?: "numeric";
  readonly accept?: string;
  readonly maxlength?: number;
}

type Issues = readonly FieldIssue[];

/** All that a form needs; pages before the sign-in have no more. */
export type Drawing = Pick<Here, "say" | "csrf">;

/** A form that posts to a path below `/desk`. */
export function formTo(here: Drawing, path: string, body: Html, options: { readonly files?: true } = {}): Html {
  const enctype = options.files ? html` enctype="multipart/form-data"` : html``;
  return html`<form method="post" action="/desk${path}"${enctype} novalidate>
<input type="hidden" name="_csrf" value="${here.csrf}">
${body}
</form>`;
}

export function input(here: Drawing, parts: InputParts, issues: Issues = []): Html {
  const { name, type = "text", value = "", autocomplete, inputmode, accept, maxlength, lang } = parts;
  const attributes = [
    autocomplete === undefined ? html`` : html` autocomplete="${autocomplete}"`,
    inputmode === undefined ? html`` : html` inputmode="${inputmode}"`,
    accept === undefined ? html`` : html` accept="${accept}"`,
    maxlength === undefined ? html`` : html` maxlength="${String(maxlength)}"`,
    lang === undefined ? html`` : html` lang="${lang}"`,
    type === "file" || type === "password" ? html`` : html` value="${value}"`,
  ];
  const control = html`<input id="f-${name}" name="${name}" type="${type}"${attributes}${described(parts, issues)}>`;
  return field(here, parts, control, issues);
}

export function textarea(here: Drawing, parts: FieldParts & { readonly rows?: number }, issues: Issues = []): Html {
  const { name, value = "", rows = 5, lang } = parts;
  const language = lang === undefined ? html`` : html` lang="${lang}"`;
  const control = html`<textarea id="f-${name}" name="${name}" rows="${String(rows)}"${language}${described(parts, issues)}>
${value}</textarea>`;
  return field(here, parts, control, issues);
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function select(here: Drawing, parts: FieldParts, options: readonly Option[], issues: Issues = []): Html {
  const { name, value = "" } = parts;
  const rows = options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value ? html` selected` : html``}>${option.label}</option>`,
  );
  return field(
    here,
    parts,
    html`<select id="f-${name}" name="${name}"${described(parts, issues)}>${rows}</select>`,
    issues,
  );
}

/** A group of checkboxes with one name, or of radio buttons. */
export function choices(
  here: Drawing,
  { name, label, hint }: Pick<FieldParts, "name" | "label" | "hint">,
  options: readonly Option[],
  chosen: readonly string[],
  { type = "checkbox", issues = [] }: { readonly type?: "checkbox" | "radio"; readonly issues?: Issues } = {},
): Html {
  const rows = options.map(
    ({ value, label: text }, index) => html`<div class="choice">
<input type="${type}" id="f-${name}${index === 0 ? "" : `-${value}`}" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : html``}>
<label for="f-${name}${index === 0 ? "" : `-${value}`}">${text}</label>
</div>`,
  );
  return html`<fieldset class="field"${described({ name, label, ...(hint !== undefined && { hint }), required: false }, issues)}>
<legend>${label}</legend>
${hint === undefined ? html`` : html`<p class="hint" id="h-${name}">${hint}</p>`}
${wrong(here, name, issues)}
${rows}
</fieldset>`;
}

export function submit(label: string, kind: "main" | "quiet" | "danger" = "main"): Html {
  return html`<button type="submit" class="button ${kind}">${label}</button>`;
}

/** A form of one button: release, pause, delete … */
export function press(here: Drawing, path: string, label: string, kind: "main" | "quiet" | "danger" = "quiet"): Html {
  return formTo(here, path, submit(label, kind));
}

/**
 * What does not fit, at the top of the page, each with a link to its field (WCAG 3.3.1). Nothing when all fits. `labels`:
 * of the fields, by name, where a text alone would not say which it is about.
 */
export function issueSummary(here: Drawing, issues: Issues, labels: Readonly<Record<string, string>> = {}): Html {
  if (issues.length === 0) return html``;
  const rows = issues.map(({ field: name, text, params }) => {
    const label = labels[name] === undefined ? "" : `${labels[name]}: `;
    return html`<li><a href="#f-${name}">${label}${here.say(text, params)}</a></li>`;
  });
  return html`<div class="problem" role="alert" tabindex="-1" id="problem">
<h2>${here.say("desk.problem.invalid")}</h2>
<ul>${rows}</ul>
</div>`;
}

/**
 * Rows of cells below headings; on a phone each row becomes a card with its headings beside the cells. The roles say
 * that it is a table there too: style sheets that lay one out anew take that away.
 */
export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  const cells = (row: readonly (string | Html)[]) =>
    row.map(
      (cell, n) =>
        html`<td role="cell" data-label="${headings[n] ?? ""}">${typeof cell === "string" ? html`${cell}` : cell}</td>`,
    );
  return html`<table class="cards" role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${headings.map((heading) => html`<th scope="col" role="columnheader">${heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${cells(row)}</tr>`)}</tbody>
</table>`;
}

export function link(path: string, label: string, kind?: "button"): Html {
  return kind === undefined
    ? html`<a href="/desk${path}">${label}</a>`
    : html`<a class="button quiet" href="/desk${path}">${label}</a>`;
}

/** A short word on a coloured ground; the word says it all without the colour. */
export function badge(text: string, tone: "plain" | "good" | "wait" | "bad" = "plain"): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}

function field(here: Drawing, { name, label, hint, required }: FieldParts, control: Html, issues: Issues): Html {
  return html`<div class="field">
<label for="f-${name}">${label}${required ? html`` : html` <span class="optional">${here.say("desk.optional")}</span>`}</label>
${hint === undefined ? html`` : html`<p class="hint" id="h-${name}">${hint}</p>`}
${wrong(here, name, issues)}
${control}
</div>`;
}

function wrong(here: Drawing, name: string, issues: Issues): Html {
  const found = issues.filter(({ field: of }) => of === name);
  if (found.length === 0) return html``;
  return html`<p class="wrong" id="w-${name}">${found.map(({ text, params }) => here.say(text, params)).join(" ")}</p>`;
}

function described({ name, hint, required }: FieldParts, issues: Issues): Html {
  const isWrong = issues.some(({ field: of }) => of === name);
  const by = [hint === undefined ? "" : `h-${name}`, isWrong ? `w-${name}` : ""].filter(Boolean).join(" ");
  return html`${by === "" ? html`` : html` aria-describedby="${by}"`}${isWrong ? html` aria-invalid="true"` : html``}${required ? html` required` : html``}`;
}
