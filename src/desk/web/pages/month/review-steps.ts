import { type Html, html } from "../../../../server/html.ts";
import { may } from "../../../access.ts";
import type { LocalEvent, SlotDraft } from "../../../month/month.ts";
import { formTo, link, submit, textarea } from "../../parts.ts";
import type { Here } from "../../route.ts";
import { seenField } from "../../seen.ts";
import { text } from "./words.ts";

type Reviewed = Pick<SlotDraft | LocalEvent, "state" | "writers" | "remark" | "changedAt">;

/** A thing's page below `/desk`, and what its release means. */
interface Where {
  readonly path: string;
  readonly kind: "slot" | "event";
}

/** What this person may do now with something that two people have to agree on. */
export function reviewSteps(here: Here, it: Reviewed, { path, kind }: Where): Html {
  return html`${remarkOf(here, it)}
<div class="steps">${[submitStep(here, it, path), ...releaseSteps(here, it, { path, kind }), editStep(here, it, path)]}</div>`;
}

function remarkOf(here: Here, { remark }: Reviewed): Html {
  if (remark === undefined) return html``;
  return html`<div class="problem"><h2>${text(here, "review.remark")}</h2><p class="quoted">${remark}</p></div>`;
}

function submitStep(here: Here, { state, changedAt }: Reviewed, path: string): Html {
  if (state !== "draft" || !may(here.actor, "month.write")) return html``;
  const button = html`${seenField(changedAt)}${submit(text(here, "review.submit"))}`;
  return step(formTo(here, `${path}/submit`, button), text(here, "review.submit-hint"));
}

function releaseSteps(here: Here, { state, changedAt, writers }: Reviewed, { path, kind }: Where): readonly Html[] {
  if (state !== "submitted") return [];
  if (!may(here.actor, "month.release")) return [html`<p>${text(here, "review.waits")}</p>`];
  const own = writers.includes(here.actor.id);
  const button = html`${seenField(changedAt)}${submit(text(here, "review.release"))}`;
  const release = own
    ? html`<p>${text(here, "review.second-person")}</p>`
    : step(formTo(here, `${path}/release`, button), text(here, `review.release-${kind}`));
  return [release, returnStep(here, changedAt, path)];
}

function returnStep(here: Here, changedAt: number, path: string): Html {
  const label = text(here, "review.return");
  const remark = {
    name: "remark",
    label: text(here, "review.why"),
    hint: text(here, "review.why-hint"),
    required: true,
  };
  const form = html`${seenField(changedAt)}${textarea(here, { ...remark, rows: 3 })}${submit(label, "quiet")}`;
  return html`<details><summary>${label}</summary>${formTo(here, `${path}/return`, form)}</details>`;
}

function editStep(here: Here, { state }: Reviewed, path: string): Html {
  if (state === "cancelled" || !may(here.actor, "month.write")) return html``;
  const hint = state === "draft" ? html`` : html`<p class="hint">${text(here, `review.edit-${state}`)}</p>`;
  return html`<div class="do">${link(`${path}/edit`, text(here, "review.edit"), "button")}${hint}</div>`;
}

function step(button: Html, hint: string): Html {
  return html`<div class="do">${button}<p class="hint">${hint}</p></div>`;
}
