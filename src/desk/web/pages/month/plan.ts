import { vietnamDay } from "../../../../campaign/vietnam-day.ts";
import { type Html, html } from "../../../../server/html.ts";
import { may } from "../../../access.ts";
import type { CurrentCampaign, PlanItem } from "../../../month/month.ts";
import { badge, formTo } from "../../parts.ts";
import type { Here, Page } from "../../route.ts";
import { days, stateBadge, text, weekWords } from "./words.ts";

/** What a team does, week by week, with what is done. */
export async function planPage(here: Here): Promise<Page> {
  const current = here.desk.month.current(here.actor);
  const title = text(here, "plan.title");
  if (current === null) return { title, body: html`<p>${text(here, "plan.none")}</p>` };
  const items = await here.desk.month.plan(current.campaign, here.actor);
  const done = items.filter((item) => item.done).length;
  const body = html`<p>${text(here, "plan.intro")}</p>
<p>${text(here, "plan.progress", { done, all: items.length })}</p>
${jump(here, items)}
${byWeek(items).map((week) => weekSection(here, current, week))}`;
  return { title, body, styles: ["month.css"] };
}

/** To the first thing whose days are not over. */
function jump(here: Here, items: readonly PlanItem[]): Html {
  const today = vietnamDay(here.now);
  const next = items.find(({ to, done }) => to >= today && !done);
  return next === undefined ? html`` : html`<p><a href="#${next.id}">${text(here, "plan.now")}</a></p>`;
}

function byWeek(items: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const weeks = new Map<string, PlanItem[]>();
  for (const item of items) weeks.set(item.week, [...(weeks.get(item.week) ?? []), item]);
  return [...weeks.values()];
}

function weekSection(here: Here, current: CurrentCampaign, items: readonly PlanItem[]): Html {
  const [first] = items;
  if (first === undefined) return html``;
  return html`<section class="plan">
<h2>${weekWords(here, first.week)}</h2>
<ul>${items.map((item) => itemLine(here, current, item))}</ul>
</section>`;
}

function itemLine(here: Here, current: CurrentCampaign, item: PlanItem): Html {
  const { id, kind, from, to, source, done } = item;
  const late = !done && to < vietnamDay(here.now);
  const state = done ? stateBadge(here, "done") : late ? stateBadge(here, "due") : html``;
  return html`<li id="${id}" class="item${done ? " done" : ""}">
<p class="what">${badge(text(here, `plan.kind.${kind}`))} <strong>${item.text[here.lang]}</strong> ${state}</p>
<p class="hint">${days(here, from, to)} · ${text(here, "plan.source", { source })}</p>
<div class="buttons">${makeOf(here, current, item)}${tickOf(here, current, item)}</div>
</li>`;
}

function makeOf(here: Here, current: CurrentCampaign, { id, kind, text: what }: PlanItem): Html {
  const name = what[here.lang];
  if (kind === "broadcast" && may(here.actor, "broadcast.write"))
    return itemForm(here, "/plan/draft", { campaign: current.campaign, item: id }, text(here, "plan.draft"), name);
  if (kind === "event" && may(here.actor, "month.write")) {
    const label = text(here, "plan.event");
    return html`<a class="button quiet" href="/desk/events/new" aria-label="${label}: ${name}">${label}</a>`;
  }
  return html``;
}

function tickOf(here: Here, { campaign, mine }: CurrentCampaign, { id, done, text: what }: PlanItem): Html {
  if (!mine || !may(here.actor, "month.write")) return html``;
  const label = text(here, done ? "plan.untick" : "plan.tick");
  return itemForm(here, "/plan/tick", { campaign, item: id, done: done ? "no" : "yes" }, label, what[here.lang]);
}

/** A button for one item; its name says which, for whoever hears the buttons one after the other. */
function itemForm(
  here: Here,
  path: string,
  fields: Readonly<Record<string, string>>,
  label: string,
  name: string,
): Html {
  const hidden = Object.entries(fields).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
  );
  const button = html`<button type="submit" class="button quiet" aria-label="${label}: ${name}">${label}</button>`;
  return formTo(here, path, html`${hidden}${button}`);
}
