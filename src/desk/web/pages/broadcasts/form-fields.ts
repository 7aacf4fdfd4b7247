import type { Broadcast, Way } from "../../../../broadcast/broadcast.ts";
import { LANGS } from "../../../../flow/ids.ts";
import type { FieldIssue } from "../../../problem.ts";
import type { FormBody, Here } from "../../route.ts";
import { placeFields } from "./form-places.ts";

/** Rows of choices in the form. */
export const WAY_ROWS = [0, 1, 2, 3] as const;

/** The longest label that every channel with buttons shows whole. */
export const LABEL_MAX = 60;
export const TITLE_MAX = 120;
/** What the smallest channel takes in one message. */
export const TEXT_MAX = 2_000;

/** How a way is named in the form: `payload:tips`, `quiz:myths`. */
export function wayValue(way: Way): string {
  return "payload" in way ? `payload:${way.payload}` : `quiz:${way.quiz}`;
}

/** A broadcast as the form that made it. */
export function bodyOf({ title, content, segment, schedule }: Broadcast, here: Here): FormBody {
  const { topics, channels, langs, places } = segment;
  return {
    title,
    "content.kind": content.kind,
    ...contentFields(content),
    "segment.topics": topics,
    "segment.channels": channels,
    "segment.langs": langs,
    ...placeFields(here, places),
    "schedule.kind": schedule.kind,
    ...Object.fromEntries(Object.entries(schedule).map(([name, value]) => [`${schedule.kind}.${name}`, value])),
  };
}

function contentFields(content: Broadcast["content"]): FormBody {
  switch (content.kind) {
    case "message":
      return { ...pair("content.text", content.text), ...mediaFields(content.media), ...wayFields(content.ways) };
    case "tip":
      return { "content.topic": content.topic };
    case "quiz":
      return { ...pair("content.intro", content.intro), "content.quiz": content.quiz };
  }
}

function mediaFields(media: Extract<Broadcast["content"], { kind: "message" }>["media"]): FormBody {
  return media === undefined ? {} : { "content.media.file": media.file, ...pair("content.media.alt", media.alt) };
}

function wayFields(ways: readonly Way[]): FormBody {
  return Object.fromEntries(
    ways.flatMap((way, n) => [
      [`content.ways.${n}.to`, wayValue(way)],
      ...Object.entries(pair(`content.ways.${n}.label`, way.label)),
    ]),
  );
}

function pair(name: string, texts: Readonly<Record<"vi" | "en", string>>): FormBody {
  return Object.fromEntries(LANGS.map((lang) => [`${name}.${lang}`, texts[lang]]));
}

/** Issues of an action by the fields of this form, where those are named otherwise. */
export function formIssues(issues: readonly FieldIssue[], scheduleKind: string): readonly FieldIssue[] {
  return issues.map((issue) => ({ ...issue, field: formField(issue.field, scheduleKind) }));
}

function formField(field: string, scheduleKind: string): string {
  if (field === "schedule") return `${scheduleKind}.at`;
  if (/^content\.ways\.\d+$/.test(field)) return `${field}.to`;
  if (field === "content" || field === "content.media") return field === "content" ? "content.text.vi" : "media";
  return field
    .replace(/^(segment\.[a-z]+)\.\d+$/, "$1")
    .replace(/^schedule\.(?!kind)/, `${scheduleKind}.`)
    .replace(/^(content\.ways\.\d+)\.(?:payload|quiz)$/, "$1.to");
}
