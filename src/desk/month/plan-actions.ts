import { z } from "zod";
import { LocalTime } from "../../broadcast/broadcast.ts";
import { vietnamTime } from "../../broadcast/schedule.ts";
import type { Campaign } from "../../campaign/campaign.ts";
import {
  addDays,
  type DatedEntry,
  levelOf,
  type Plan,
  type PlanEntry,
  planFor,
  type Suggested,
} from "../../campaign/plan.ts";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import { Slug, type Topic } from "../../flow/ids.ts";
import type { Actor } from "../access.ts";
import { type Actions, action } from "../action.ts";
import { DeskProblem } from "../problem.ts";
import type { BroadcastDraft } from "./event-broadcasts.ts";
import type { MonthFile, PlanItem } from "./month.ts";
import { demandEverybody, type MonthDeps, type MonthParts, whoOf } from "./month-parts.ts";
import { shortened, TITLE_MOST } from "./reminders.ts";

const Tick = z.strictObject({ campaign: Slug, item: Slug, done: z.boolean() });
const OneItem = z.strictObject({ campaign: Slug, item: Slug });

/** The plan: ticking off what is done, and making drafts of suggested messages. */
export function planActions(parts: MonthParts): Actions {
  return {
    "plan.tick": action({ right: "month.write", input: Tick, run: (tick, by) => tickOff(parts, tick, by) }),
    "plan.draft": action({
      right: "broadcast.write",
      input: OneItem,
      run: async ({ campaign, item }, by) => {
        const dated = datedEntry(parts, campaign, item);
        if (dated.entry.kind !== "broadcast" || parts.bundle.plan === null) throw new DeskProblem("conflict");
        const draft = draftOf(dated, dated.entry, parts.bundle.plan, { by, now: parts.now() });
        return { id: await parts.broadcasts.put(draft, by) };
      },
    }),
  };
}

/** For the level of the authority, with what is done. Throws `DeskProblem` not-found. */
export function planItems(deps: MonthDeps, { ticked }: MonthFile, campaign: string): readonly PlanItem[] {
  const done = ticked[campaign] ?? [];
  return datedEntries(deps, campaign).map(({ entry: { id, kind, text, source }, week, from, to }) => {
    return { id, kind, text, source, week, from, to, done: done.includes(id) };
  });
}

async function tickOff(parts: MonthParts, { campaign, item, done }: z.infer<typeof Tick>, by: Actor): Promise<void> {
  datedEntry(parts, campaign, item);
  demandEverybody(by, campaignOf(parts, campaign).province, parts);
  await parts.document.change(async (file, save) => {
    const others = (file.ticked[campaign] ?? []).filter((id) => id !== item);
    const before = (file.ticked[campaign] ?? []).includes(item);
    const change = { before: { done: before }, after: { done } };
    await parts.audit.note({ ...whoOf(by), action: "plan.tick", subject: `${campaign}/${item}`, ...change });
    await save({ ...file, ticked: { ...file.ticked, [campaign]: done ? [...others, item] : others } });
  });
}

function datedEntries(deps: MonthDeps, campaign: string): readonly DatedEntry[] {
  const days = campaignOf(deps, campaign);
  return deps.bundle.plan === null ? [] : planFor(deps.bundle.plan, levelOf(deps.authorityPlace()), days);
}

function datedEntry(deps: MonthDeps, campaign: string, item: string): DatedEntry {
  const found = datedEntries(deps, campaign).find(({ entry }) => entry.id === item);
  if (found === undefined) throw new DeskProblem("not-found");
  return found;
}

function campaignOf({ bundle }: MonthDeps, id: string): Campaign {
  const campaign = bundle.campaigns.find((one) => one.campaign === id);
  if (campaign === undefined) throw new DeskProblem("not-found");
  return campaign;
}

type Broadcasting = Extract<PlanEntry, { kind: "broadcast" }>;

/** Staff with a place write for that place; the time is the first that is still to come. */
function draftOf(
  { from, to }: Pick<DatedEntry, "from" | "to">,
  { text, send }: Broadcasting,
  plan: Plan,
  { by, now }: { readonly by: Actor; readonly now: number },
): BroadcastDraft {
  const first = firstDay(from, send.at, now);
  return {
    title: shortened(text.vi, TITLE_MOST),
    content: contentOf(send, plan),
    segment: { topics: [topicOf(send)], channels: [], langs: [], places: by.place === undefined ? [] : [by.place] },
    schedule:
      send.as === "message"
        ? { kind: "once", at: LocalTime.parse(`${first}T${send.at}`), notAfter: `${first}T${LAST}` }
        : { kind: "daily", from: first, to: to < first ? first : to, at: send.at, notAfter: LAST },
  };
}

/** Nothing leaves after it on the same day: see `QUIET`. */
const LAST = "21:00";

function topicOf(send: Suggested): Topic {
  if (send.as === "message") return send.topic;
  return send.as === "tip" ? "tips" : "quizzes";
}

function contentOf(send: Suggested, { ways }: Plan): BroadcastDraft["content"] {
  if (send.as === "tip") return { kind: "tip" };
  if (send.as === "quiz") return { kind: "quiz", intro: send.intro };
  return { kind: "message", text: send.text, ways: send.ways.flatMap((name) => ways[name] ?? []) };
}

function firstDay(from: string, at: string, now: number): string {
  const today = vietnamDay(now);
  const soonest = vietnamTime(`${today}T${at}`) > now ? today : addDays(today, 1);
  return from < soonest ? soonest : from;
}
