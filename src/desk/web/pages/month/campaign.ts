import { type Html, html } from "../../../../server/html.ts";
import { may } from "../../../access.ts";
import type { Slot } from "../../../month/month.ts";
import { badge, link } from "../../parts.ts";
import type { Here, Page } from "../../route.ts";
import { moment } from "../../words.ts";
import { reviewSteps } from "./review-steps.ts";
import { facts, namesOf, quoted, stateBadge, text } from "./words.ts";

/** The theme and slogans of the year, as far as the team has filled them in. */
export async function campaignPage(here: Here): Promise<Page> {
  const slots = await here.desk.month.slots(here.actor);
  const name = await namesOf(here);
  const body =
    slots.length === 0
      ? html`<p>${text(here, "campaign.none")}</p>`
      : html`<p>${text(here, "campaign.intro")}</p>${slots.map((slot) => slotSection(here, slot, name))}`;
  return { title: text(here, "campaign.title"), body, styles: ["month.css"] };
}

type NameOf = (id: string) => string;

function slotSection(here: Here, slot: Slot, name: NameOf): Html {
  const { title, draft, year } = slot;
  return html`<section class="panel">
<h2>${title[here.lang]} ${stateOf(here, slot)}</h2>
${draft === null ? html`<p>${text(here, "campaign.empty", { year })}</p>` : html``}
${letterNote(here, year)}
${warningsOf(here, slot)}
${draft === null ? html`` : slotWords(here, draft)}
${draft === null ? html`` : history(here, draft, name)}
${stepsOf(here, slot)}
${shownNow(here, slot)}
</section>`;
}

function stateOf(here: Here, { draft, shown }: Slot): Html {
  if (draft !== null) return stateBadge(here, draft.state);
  return badge(text(here, shown === null ? "campaign.open" : "state.released"), shown === null ? "wait" : "good");
}

/** Nothing of the year's letter is in the product: where it comes from, and where not. */
export function letterNote(here: Here, year: number): Html {
  return html`<p class="note">${text(here, "campaign.letter", { year, before: year - 1 })}</p>`;
}

function warningsOf(here: Here, { warnings, year }: Slot): Html {
  if (warnings.length === 0) return html``;
  const rows = warnings.map(({ name, campaign }) => {
    const earlier = campaign === undefined ? "" : campaign[here.lang];
    return html`<li>${text(here, `warning.${name}`, { year, earlier })}</li>`;
  });
  return html`<div class="problem"><h3>${text(here, "warning.title")}</h3><ul>${rows}</ul></div>`;
}

function slotWords(here: Here, { theme, slogans }: NonNullable<Slot["shown"]>): Html {
  const english = html`${quoted(theme.en, "en")} (${text(here, `campaign.en_by-${theme.en_by}`)})`;
  const rows = slogans.map(
    ({ vi, en, source }) => html`<li>${quoted(vi, "vi")}<br>${quoted(en, "en")}<br>
<small>${text(here, "campaign.from", { source })}</small></li>`,
  );
  return html`${facts([
    [text(here, "campaign.shown.theme"), quoted(theme.vi, "vi")],
    [text(here, "campaign.shown.english"), english],
    [text(here, "campaign.shown.document"), theme.document],
    [text(here, "campaign.shown.source"), theme.source],
  ])}
<h3>${text(here, "campaign.slogans", { n: slogans.length })}</h3>
${slogans.length === 0 ? html`<p>${text(here, "campaign.no-slogans")}</p>` : html`<ol class="slogans">${rows}</ol>`}`;
}

function history(
  { lang, ...here }: Here,
  { writers, releasedBy, state, changedAt }: NonNullable<Slot["draft"]>,
  name: NameOf,
): Html {
  const at = moment(lang, changedAt);
  const people = {
    writers: writers.map(name).join(", "),
    releaser: releasedBy === undefined ? "" : name(releasedBy),
    at,
  };
  return html`<p class="hint">${text(here, state === "released" ? "review.history-released" : "review.history", people)}</p>`;
}

function stepsOf(here: Here, { mine, draft, campaign }: Slot): Html {
  if (!mine) return html`<p>${text(here, "campaign.not-mine")}</p>`;
  if (draft !== null) return reviewSteps(here, draft, { path: `/campaign/${campaign}`, kind: "slot" });
  if (!may(here.actor, "month.write")) return html``;
  return html`<p>${link(`/campaign/${campaign}/edit`, text(here, "campaign.fill"), "button")}</p>`;
}

/** What citizens see, where that is not what stands above. */
function shownNow(here: Here, { shown, released, draft }: Slot): Html {
  if (released) return html`<p>${text(here, "campaign.seen")}</p>`;
  if (shown === null) return html`<p>${text(here, "campaign.unseen")}</p>`;
  return html`<details${draft === null ? html` open` : html``}><summary>${text(here, "campaign.seen-older")}</summary>${slotWords(here, shown)}</details>`;
}
