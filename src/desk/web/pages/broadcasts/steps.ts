import { type Html, html } from "../../../../server/html.ts";
import { may } from "../../../access.ts";
import type { BroadcastView, Standing } from "../../../broadcasts/broadcasts.ts";
import { formTo, link, press, submit, textarea } from "../../parts.ts";
import type { Here, Page, Params } from "../../route.ts";
import { seenField } from "../../seen.ts";
import { pathOf, text } from "./words.ts";

/** What can be done with a broadcast as it stands, in the order of the page. */
const STEPS = {
  draft: ["submit", "test", "edit", "delete"],
  submitted: ["release", "return", "test", "edit"],
  scheduled: ["test", "pause", "abort"],
  sending: ["pause", "abort"],
  quiet: ["pause", "abort"],
  paused: ["resume", "abort"],
  done: [],
  expired: [],
  aborted: [],
} as const satisfies Record<Standing, readonly string[]>;
type Step = (typeof STEPS)[Standing][number];

/** What this person may press now; `blocked`: something keeps it from being released. */
export function steps(here: Here, view: BroadcastView, blocked: boolean): Html {
  const all: readonly Step[] = STEPS[view.standing];
  const possible = all.filter((step) => mayDo(here, step));
  if (possible.length === 0) return html`<p>${text(here, all.length === 0 ? "steps.over" : "steps.none")}</p>`;
  return html`${possible.map((step) => drawn(here, view, step, blocked))}`;
}

/** The right of the action itself decides. */
function mayDo({ desk, actor }: Here, step: Step): boolean {
  const action = desk.actions[`broadcast.${step === "edit" ? "write" : step}`];
  return action !== undefined && may(actor, action.right);
}

function drawn(here: Here, { broadcast }: BroadcastView, step: Step, blocked: boolean): Html {
  const path = pathOf(broadcast, step);
  const label = text(here, `steps.${step}`);
  switch (step) {
    case "edit":
      return explained(here, step, link(path, label, "button"));
    case "abort":
    case "delete":
      return explained(here, step, link(path, label, "button"));
    case "return":
      return returnForm(here, broadcast, path, label);
    case "submit":
      return blocked ? refused(here, "blocked") : explained(here, step, decide(here, broadcast, path, label));
    case "release":
      if (broadcast.writers.includes(here.actor.id)) return refused(here, "second-person");
      return blocked ? refused(here, "blocked") : explained(here, step, decide(here, broadcast, path, label));
    case "resume":
      return explained(here, step, press(here, path, label, "main"));
    case "pause":
    case "test":
      return explained(here, step, press(here, path, label));
  }
}

function explained(here: Here, step: Step, button: Html): Html {
  return html`<div class="do">${button}<p class="hint">${text(here, `steps.${step}-hint`)}</p></div>`;
}

function refused(here: Here, why: "blocked" | "second-person"): Html {
  return html`<p class="do">${text(here, `steps.${why}`)}</p>`;
}

type Seen = Pick<BroadcastView["broadcast"], "changedAt">;

/** A button about the very version that is on the page. */
function decide(here: Here, { changedAt }: Seen, path: string, label: string): Html {
  return formTo(here, path, html`${seenField(changedAt)}${submit(label, "main")}`);
}

function returnForm(here: Here, { changedAt }: Seen, path: string, label: string): Html {
  const words = { label: text(here, "steps.remark"), hint: text(here, "steps.remark-hint") };
  return html`<details class="do"><summary>${label}</summary>
${formTo(here, path, html`${seenField(changedAt)}${textarea(here, { name: "remark", ...words, rows: 3, required: true })}${submit(label, "quiet")}`)}
</details>`;
}

/** A page of its own before something that cannot be undone. */
export async function confirmPage(here: Here, step: "abort" | "delete", { id = "" }: Params): Promise<Page> {
  const { broadcast } = await here.desk.broadcasts.view(id, here.actor);
  const body = html`<p><strong>${broadcast.title}</strong></p>
<p>${text(here, `confirm.${step}`)}</p>
<div class="buttons">${press(here, pathOf({ id }, step), text(here, `confirm.${step}-yes`), "danger")}
${link(pathOf({ id }), text(here, "confirm.no"), "button")}</div>`;
  return { title: text(here, `confirm.${step}-title`), body, styles: ["broadcasts.css"] };
}
