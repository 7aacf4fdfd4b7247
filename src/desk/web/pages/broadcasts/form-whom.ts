import { SENT_CHANNELS } from "../../../../broadcast/broadcast.ts";
import { vietnamLocal } from "../../../../broadcast/schedule.ts";
import { LANGS, TOPICS } from "../../../../flow/ids.ts";
import { type Html, html } from "../../../../server/html.ts";
import type { FieldIssue } from "../../../problem.ts";
import { choices, input } from "../../parts.ts";
import { type FormBody, type Here, many, one } from "../../route.ts";
import { placesField } from "./form-places.ts";
import { channelName, text } from "./words.ts";

type Issues = readonly FieldIssue[];

/** Who should get it. */
export function whomStep(here: Here, body: FormBody, issues: Issues): Html {
  const options = (names: readonly string[], key: string) =>
    names.map((value) => ({ value, label: text(here, `${key}.${value}`) }));
  const group = (name: string, hint: string) => ({
    name: `segment.${name}`,
    label: text(here, `form.${name}`),
    hint: text(here, `form.${hint}`),
  });
  const channels = SENT_CHANNELS.map((value) => ({ value, label: channelName(here, value) }));
  return html`${choices(here, group("topics", "topics-hint"), options(TOPICS, "topic"), many(body, "segment.topics"), { issues })}
${placesField(here, body, issues)}
${choices(here, group("channels", "all-hint"), channels, many(body, "segment.channels"), { issues })}
${choices(here, group("langs", "all-hint"), options(LANGS, "lang"), many(body, "segment.langs"), { issues })}`;
}

/** When it is sent: once, or every day of a series. Style shows the fields of the chosen one. */
export function whenStep(here: Here, body: FormBody, issues: Issues): Html {
  const kinds = ["once", "daily"].map((value) => ({ value, label: text(here, `form.when.${value}`) }));
  const kind = { name: "schedule.kind", label: text(here, "form.when.label"), hint: text(here, "form.quiet") };
  const chosen = [one(body, "schedule.kind") || "once"];
  const field = (name: string, key: string, type: "datetime-local" | "date" | "time") => {
    const words = { name, type, label: text(here, `form.when.${key}`), value: one(body, name) };
    const open = key.endsWith("-end");
    const hint = open ? { hint: text(here, `form.when.${key}-hint`) } : {};
    return input(here, { ...words, ...hint, required: !open }, issues);
  };
  const once = [field("once.at", "once-at", "datetime-local"), field("once.notAfter", "once-end", "datetime-local")];
  const days = [field("daily.from", "daily-from", "date"), field("daily.to", "daily-to", "date")];
  const hours = [field("daily.at", "daily-at", "time"), field("daily.notAfter", "daily-end", "time")];
  return html`${choices(here, kind, kinds, chosen, { type: "radio", issues })}
<div class="for-once"><div class="pair">${once}</div></div>
<div class="for-daily"><div class="pair">${days}</div><div class="pair">${hours}</div></div>`;
}

/** What a new form begins with: the next morning, for whom most messages are. */
export function freshFields(here: Here): FormBody {
  const tomorrow = vietnamLocal(here.now + DAY_MS).slice(0, "YYYY-MM-DD".length);
  return {
    "content.kind": "message",
    "segment.topics": "campaign",
    "schedule.kind": "once",
    "once.at": `${tomorrow}T${MORNING}`,
    "daily.at": MORNING,
  };
}

const DAY_MS = 86_400_000;
const MORNING = "08:30";
