import {
  type Broadcast,
  Clock,
  LocalTime,
  type Media,
  PLACES_MOST,
  SENT_CHANNELS,
  type Way,
} from "../../../../broadcast/broadcast.ts";
import {
  isQuiet,
  occurrences,
  type ScheduleProblem,
  scheduleProblem,
  vietnamLocal,
} from "../../../../broadcast/schedule.ts";
import { LANGS, type Localized, TOPICS } from "../../../../flow/ids.ts";
import { kindOf } from "../../../media.ts";
import type { FieldIssue } from "../../../problem.ts";
import { type FormBody, type Here, many, one } from "../../route.ts";
import { LABEL_MAX, TITLE_MAX, WAY_ROWS, wayValue } from "./form-fields.ts";
import { placesIn, type Wrong } from "./form-places.ts";

/** What `broadcast.write` takes, beside the id. */
export type Written = Pick<Broadcast, "title" | "content" | "segment" | "schedule">;

export interface ReadForm {
  /** As good as it can be read: what is missing is an ellipsis or this moment, so that it can be previewed. */
  readonly written: Written;
  /** What does not fit, by field of the form. Written is for saving only when there is none. */
  readonly issues: readonly FieldIssue[];
}

const MISSING = "…";

/** Reads the composer's form. */
export function readForm(here: Here, body: FormBody): ReadForm {
  const issues: FieldIssue[] = [];
  const wrong: Wrong = (field, name, params) => {
    issues.push({ field, text: `desk-broadcasts.${name}`, ...(params !== undefined && { params }) });
  };
  const written = {
    title: titleOf(body, wrong),
    content: contentOf(here, body, wrong),
    segment: segmentOf(here, body, wrong),
    schedule: scheduleOf(here, body, wrong),
  };
  return { written, issues };
}

function titleOf(body: FormBody, wrong: Wrong): string {
  const title = one(body, "title");
  if (title === "") wrong("title", "invalid.title");
  if (title.length > TITLE_MAX) wrong("title", "invalid.too-long", { most: String(TITLE_MAX) });
  return title || MISSING;
}

function contentOf(here: Here, body: FormBody, wrong: Wrong): Written["content"] {
  const kind = one(body, "content.kind");
  const quiz = one(body, "content.quiz");
  if (kind === "tip") return tipOf(here, body, wrong);
  if (kind === "quiz") return { kind, intro: both(body, "content.intro", wrong), ...(quiz !== "" && { quiz }) };
  if (kind !== "message") wrong("content.kind", "invalid.choose");
  const media = mediaOf(body, wrong);
  return {
    kind: "message",
    text: both(body, "content.text", wrong),
    ...(media !== undefined && { media }),
    ways: waysOf(here, body, wrong),
  };
}

function tipOf(here: Here, body: FormBody, wrong: Wrong): Written["content"] {
  const chosen = one(body, "content.topic");
  const known = here.desk.broadcasts.tipTopics().some(({ topic }) => topic === chosen);
  if (chosen !== "" && !known) wrong("content.topic", "invalid.tip-topic");
  return { kind: "tip", ...(known && { topic: chosen }) };
}

/** A text in both languages. */
function both(body: FormBody, name: string, wrong: Wrong): Localized {
  const [vi, en] = LANGS.map((lang) => one(body, `${name}.${lang}`).replaceAll("\r\n", "\n").normalize("NFC"));
  const what = name.endsWith(".alt") ? "alt" : "text";
  if (!vi) wrong(`${name}.vi`, `invalid.${what}-vi`);
  if (!en) wrong(`${name}.en`, `invalid.${what}-en`);
  return { vi: vi || MISSING, en: en || MISSING };
}

function mediaOf(body: FormBody, wrong: Wrong): Media | undefined {
  const file = one(body, "content.media.file");
  if (file === "" || one(body, "media.drop") !== "") return undefined;
  return { kind: kindOf(file), file, alt: both(body, "content.media.alt", wrong) };
}

/** Rows without a way are left out. A label left empty is the one that the way has by itself. */
function waysOf(here: Here, body: FormBody, wrong: Wrong): Way[] {
  const known = new Map(here.desk.broadcasts.ways().map((way) => [wayValue(way), way]));
  return WAY_ROWS.flatMap((row) => {
    const name = `content.ways.${row}`;
    const to = one(body, `${name}.to`);
    if (to === "") {
      if (LANGS.some((lang) => one(body, `${name}.label.${lang}`) !== "")) wrong(`${name}.to`, "invalid.way");
      return [];
    }
    const way = known.get(to);
    if (way === undefined) {
      wrong(`${name}.to`, "invalid.way-gone");
      return [];
    }
    return [{ ...way, label: labelOf(body, name, way.label, wrong) }];
  });
}

function labelOf(body: FormBody, name: string, own: Localized, wrong: Wrong): Localized {
  const [vi, en] = LANGS.map((lang) => {
    const label = one(body, `${name}.label.${lang}`).normalize("NFC");
    if (label.length > LABEL_MAX) wrong(`${name}.label.${lang}`, "invalid.too-long", { most: String(LABEL_MAX) });
    return label || own[lang];
  });
  return { vi: vi ?? own.vi, en: en ?? own.en };
}

function segmentOf(here: Here, body: FormBody, wrong: Wrong): Written["segment"] {
  const chosen = many(body, "segment.topics");
  const topics = TOPICS.filter((topic) => chosen.includes(topic));
  if (topics.length === 0) wrong("segment.topics", "invalid.topics");
  const channels = many(body, "segment.channels");
  const langs = many(body, "segment.langs");
  const places = placesIn(here, body, wrong);
  if (places.length > PLACES_MOST) wrong("segment.places", "invalid.places-most");
  return {
    topics: topics.length === 0 ? ["campaign"] : topics,
    channels: SENT_CHANNELS.filter((channel) => channels.includes(channel)),
    langs: LANGS.filter((lang) => langs.includes(lang)),
    places,
  };
}

/** Nothing leaves from 21:00 on, so that is the end where none is given. */
const LAST = "21:00";

function scheduleOf(here: Here, body: FormBody, wrong: Wrong): Written["schedule"] {
  const before: string[] = [];
  const missing: Wrong = (field, name) => {
    before.push(field);
    wrong(field, name);
  };
  const schedule = one(body, "schedule.kind") === "daily" ? dailyOf(here, body, missing) : onceOf(here, body, missing);
  const problem = before.length === 0 ? firstProblem(schedule, here.now) : null;
  if (problem !== null) wrong(fieldOf(problem, schedule), `problem.${problem}`);
  return schedule;
}

/** A beginning at night comes first: the end that goes with it by itself is then too early as well. */
function firstProblem(schedule: Written["schedule"], now: number): ScheduleProblem | null {
  const [first] = occurrences({ id: "x", schedule });
  return first !== undefined && isQuiet(first.from) ? "in-quiet-hours" : scheduleProblem(schedule, now);
}

/** The field beside which a problem of the schedule is said. */
function fieldOf(problem: ScheduleProblem, schedule: Written["schedule"]): string {
  if (schedule.kind === "once") return problem === "ends-before-begin" ? "once.notAfter" : "once.at";
  switch (problem) {
    case "ends-before-begin":
      return schedule.to < schedule.from ? "daily.to" : "daily.notAfter";
    case "in-quiet-hours":
      return "daily.at";
    case "past":
    case "too-long":
      return "daily.to";
  }
}

function onceOf(here: Here, body: FormBody, wrong: Wrong): Written["schedule"] {
  const at = LocalTime.safeParse(one(body, "once.at")).data;
  if (at === undefined) wrong("once.at", "invalid.time");
  const begin = at ?? vietnamLocal(here.now);
  const end = one(body, "once.notAfter") || `${begin.slice(0, "YYYY-MM-DD".length)}T${LAST}`;
  const notAfter = LocalTime.safeParse(end).data;
  if (notAfter === undefined) wrong("once.notAfter", "invalid.time");
  return { kind: "once", at: begin, notAfter: notAfter ?? begin };
}

function dailyOf(here: Here, body: FormBody, wrong: Wrong): Written["schedule"] {
  const day = vietnamLocal(here.now).slice(0, "YYYY-MM-DD".length);
  const date = (name: string) => {
    const value = one(body, name);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) wrong(name, "invalid.day");
    else return value;
    return day;
  };
  const clock = (name: string, otherwise: string) => {
    const parsed = Clock.safeParse(one(body, name) || otherwise).data;
    if (parsed === undefined) wrong(name, "invalid.clock");
    return parsed ?? LAST;
  };
  return {
    kind: "daily",
    from: date("daily.from"),
    to: date("daily.to"),
    at: clock("daily.at", ""),
    notAfter: clock("daily.notAfter", LAST),
  };
}
