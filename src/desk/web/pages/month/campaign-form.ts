import { type Html, html } from "../../../../server/html.ts";
import type { Slot } from "../../../month/month.ts";
import { SLOT_MOST } from "../../../month/slots.ts";
import { DeskProblem, type FieldIssue } from "../../../problem.ts";
import { choices, formTo, input, link, submit, textarea } from "../../parts.ts";
import { type FormBody, type Here, one, type Page, type Params } from "../../route.ts";
import { seenField, seenOf } from "../../seen.ts";
import { letterNote } from "./campaign.ts";
import { issueList, text } from "./words.ts";

interface Slogan {
  readonly vi: string;
  readonly en: string;
  readonly source: string;
}

/** What stands in the form. */
interface Filled {
  readonly theme: {
    readonly vi: string;
    readonly en: string;
    readonly en_by: string;
    readonly document: string;
    readonly source: string;
  };
  readonly slogans: readonly Slogan[];
}

/** Rows for slogans beyond those there are; saving gives more. */
const SPARE_ROWS = 3;
const BLANK: Filled = { theme: { vi: "", en: "", en_by: "ours", document: "", source: "" }, slogans: [] };

export async function slotFormPage(here: Here, { id = "" }: Params): Promise<Page> {
  const slot = await slotNamed(here, id);
  return page(here, slot, slot.draft ?? slot.shown ?? BLANK);
}

export async function slotFormAgain(
  here: Here,
  problem: DeskProblem,
  body: FormBody,
  { id = "" }: Params,
): Promise<Page> {
  return page(here, await slotNamed(here, id), filledOf(body), problem.issues);
}

/** The input of `slot.write`. */
export function slotInput(body: FormBody, { id = "" }: Params): unknown {
  return { campaign: id, ...filledOf(body), ...seenOf(body) };
}

async function slotNamed({ desk, actor }: Here, id: string): Promise<Slot> {
  const slot = (await desk.month.slots(actor)).find(({ campaign }) => campaign === id);
  if (slot === undefined) throw new DeskProblem("not-found");
  if (!slot.mine) throw new DeskProblem("outside-place");
  return slot;
}

function filledOf(body: FormBody): Filled {
  const theme = (name: string) => one(body, `theme.${name}`);
  return {
    theme: {
      vi: theme("vi"),
      en: theme("en"),
      en_by: theme("en_by"),
      document: theme("document"),
      source: theme("source"),
    },
    slogans: slogansOf(body),
  };
}

/** Rows without words are left out; one without a source has that of the row above it. */
function slogansOf(body: FormBody): readonly Slogan[] {
  const slogans: Slogan[] = [];
  for (let n = 0; n < SLOT_MOST.slogans; n++) {
    const [vi, en] = [one(body, `slogans.${n}.vi`), one(body, `slogans.${n}.en`)];
    const source = one(body, `slogans.${n}.source`) || (slogans.at(-1)?.source ?? "");
    if (vi !== "" || en !== "") slogans.push({ vi, en, source });
  }
  return slogans;
}

function page(here: Here, slot: Slot, filled: Filled, issues: readonly FieldIssue[] = []): Page {
  const { campaign, year, title, draft } = slot;
  const form = html`${seenField(draft?.changedAt)}
${themeFields(here, filled.theme, issues)}
${sloganFields(here, filled.slogans, issues)}
<div class="buttons">${submit(text(here, "form.save"))}${link("/campaign", text(here, "form.back"))}</div>`;
  const body = html`${letterNote(here, year)}
${issueList(here, issues, (field) => labelOf(here, field))}
${formTo(here, `/campaign/${campaign}`, form)}`;
  return { title: text(here, "campaign.edit-title", { title: title[here.lang] }), body, styles: ["month.css"] };
}

function themeFields(here: Here, theme: Filled["theme"], issues: readonly FieldIssue[]): Html {
  const words = (name: string) => ({
    label: text(here, `campaign.${name}`),
    hint: text(here, `campaign.${name}-hint`),
  });
  const by = [
    { value: "official", label: text(here, "campaign.en_by-official") },
    { value: "ours", label: text(here, "campaign.en_by-ours") },
  ];
  return html`<fieldset class="sheet"><legend>${text(here, "campaign.theme-legend")}</legend>
${textarea(here, { name: "theme.vi", ...words("theme"), value: theme.vi, lang: "vi", rows: 3, required: true }, issues)}
${textarea(here, { name: "theme.en", ...words("english"), value: theme.en, lang: "en", rows: 3, required: true }, issues)}
${choices(here, { name: "theme.en_by", label: text(here, "campaign.en_by") }, by, [theme.en_by], { type: "radio", issues })}
${input(here, { name: "theme.document", ...words("document"), value: theme.document, maxlength: SLOT_MOST.source, required: true }, issues)}
${input(here, { name: "theme.source", ...words("source"), value: theme.source, maxlength: SLOT_MOST.source, required: true }, issues)}
</fieldset>`;
}

function sloganFields(here: Here, slogans: readonly Slogan[], issues: readonly FieldIssue[]): Html {
  const rows = Math.min(slogans.length + SPARE_ROWS, SLOT_MOST.slogans);
  const fields = Array.from({ length: rows }, (_, n) => sloganRow(here, slogans, n, issues));
  return html`<fieldset class="sheet"><legend>${text(here, "campaign.slogans-legend")}</legend>
<p class="hint">${text(here, "campaign.slogans-hint", { most: SLOT_MOST.slogans })}</p>
${fields}
</fieldset>`;
}

/** A source like that of the row above is left blank, as it may be typed. */
function sloganRow(here: Here, slogans: readonly Slogan[], n: number, issues: readonly FieldIssue[]): Html {
  const slogan = slogans[n] ?? { vi: "", en: "", source: "" };
  const source = n > 0 && slogan.source === slogans[n - 1]?.source ? "" : slogan.source;
  const named = (part: string) => ({ name: `slogans.${n}.${part}`, label: text(here, `campaign.slogan-${part}`) });
  return html`<fieldset class="slogan"><legend>${text(here, "campaign.slogan", { n: n + 1 })}</legend>
<div class="trio">
${input(here, { ...named("vi"), value: slogan.vi, lang: "vi", maxlength: SLOT_MOST.slogan }, issues)}
${input(here, { ...named("en"), value: slogan.en, lang: "en", maxlength: SLOT_MOST.slogan }, issues)}
${input(here, { ...named("source"), value: source, maxlength: SLOT_MOST.source }, issues)}
</div></fieldset>`;
}

/** The label of a field: `theme.vi`, `slogans.0.source` … */
function labelOf(here: Here, field: string): string | undefined {
  const [group, first = "", part = ""] = field.split(".");
  if (group === "slogans" && part !== "") {
    return `${text(here, "campaign.slogan", { n: Number(first) + 1 })}, ${text(here, `campaign.slogan-${part}`)}`;
  }
  const names: Readonly<Record<string, string>> = { vi: "theme", en: "english" };
  return group === "theme" ? text(here, `campaign.${names[first] ?? first}`) : undefined;
}
