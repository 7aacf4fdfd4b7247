import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { addDays, LEVELS, levelOf, Plan, planFor } from "../../src/campaign/plan.ts";
import { daysBetween } from "../../src/campaign/vietnam-day.ts";
import { LockScreenFile } from "../../src/content/wording.ts";
import { hasPhrase } from "../../src/flow/checks/words.ts";
import { campaigns, quizzes } from "./content-files.ts";

const read = (path: string): unknown => parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const plan = Plan.parse(read("content/plan.yaml"));
const Started = z.object({ triggers: z.object({ payloads: z.array(z.string()) }) });
const lockScreen = LockScreenFile.parse(read("content/wording/lock-screen.yaml"));
const DAYS = { from: "2026-11-15", to: "2026-12-15" };
const sent = plan.entries.flatMap((entry) => (entry.kind === "broadcast" ? [entry] : []));
const messages = sent.flatMap(({ id, send }) =>
  send.as === "tip" ? [] : [{ id, text: send.as === "quiz" ? send.intro : send.text }],
);
const both = messages.flatMap(({ id, text: { vi, en } }) => [
  { id, lang: "vi" as const, text: vi },
  { id, lang: "en" as const, text: en },
]);

describe("the days of the plan", () => {
  test("count from the first and the last day of a campaign, in any year", () => {
    const dated = planFor(plan, "province", { from: "2027-11-15", to: "2027-12-15" });
    const days = (id: string) => dated.find(({ entry }) => entry.id === id);
    expect(days("message-orange")).toMatchObject({ from: "2027-11-25", to: "2027-11-25" });
    expect(days("message-rights")).toMatchObject({ from: "2027-12-10" });
    expect(days("message-thanks")).toMatchObject({ from: "2027-12-15" });
    expect(days("message-everyone")).toMatchObject({ from: "2027-12-03" });
    expect(days("message-children")).toMatchObject({ from: "2027-11-20" });
  });

  test("are named by weeks: before the month, in it, after it", () => {
    const week = (from: string) => {
      const entry = { ...plan.entries[0], from, to: from };
      const [dated] = planFor(Plan.parse({ ...plan, entries: [{ ...entry, for: [...LEVELS] }] }), "commune", DAYS);
      return dated?.week;
    };
    expect(
      ["open-42", "open-36", "open-1", "open", "open+6", "open+7", "close", "close+1", "close+7", "close+8"].map(week),
    ).toEqual(["-6", "-6", "-1", "1", "1", "2", "5", "+1", "+1", "+2"]);
  });

  test.each(LEVELS)("for a %s go from six weeks before to three weeks after, none ending before it begins", (level) => {
    const dated = planFor(plan, level, DAYS);
    expect(dated.filter(({ from, to }) => to < from)).toEqual([]);
    expect(daysBetween(dated[0]?.from ?? "", DAYS.from)).toBeLessThanOrEqual(42);
    expect(Math.max(...dated.map(({ to }) => daysBetween(DAYS.to, to)))).toBeLessThanOrEqual(21);
    expect(dated.length).toBeGreaterThanOrEqual(30);
    expect(dated.map(({ from }) => from)).toEqual(dated.map(({ from }) => from).toSorted());
  });

  test("pass from one month and year to the next", () => {
    expect([addDays("2026-12-31", 1), addDays("2028-03-01", -1), addDays("2026-11-15", 0)]).toEqual([
      "2027-01-01",
      "2028-02-29",
      "2026-11-15",
    ]);
  });
});

test("the place of an authority tells its level", () => {
  expect([undefined, "01", "00004"].map(levelOf)).toEqual(["ministry", "province", "commune"]);
});

describe("the suggestions", () => {
  test("are told apart by their ids and name a source that people can look up", () => {
    const ids = plan.entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(plan.entries.filter(({ source }) => /\.md\b|§|seed/.test(source))).toEqual([]);
  });

  test("lead to quizzes and flows that are there", () => {
    const flows = ["campaign", "tips", "safety", "report", "pledge", "feedback"];
    const payloads = flows.flatMap((flow) => Started.parse(read(`flows/${flow}.yaml`)).triggers.payloads);
    const known = quizzes.map(({ quiz }) => quiz);
    const unknown = Object.values(plan.ways).filter((way) =>
      "quiz" in way ? !known.includes(way.quiz) : !payloads.includes(way.payload),
    );
    expect(unknown).toEqual([]);
    const named = sent.flatMap(({ send }) => (send.as === "message" ? send.ways : []));
    expect(named.filter((name) => plan.ways[name] === undefined)).toEqual([]);
    expect(Object.keys(plan.ways).filter((name) => !named.includes(name))).toEqual([]);
  });

  test("quote no theme, and no slogan that pushes people to denounce", () => {
    const themes = campaigns.flatMap(({ theme }) => (theme === undefined ? [] : [theme.vi]));
    const pushing = ["Hãy tố cáo", "Im lặng không phải"];
    const quoted = both.filter(({ text }) => [...themes, ...pushing].some((words) => text.includes(words)));
    expect(quoted).toEqual([]);
  });
});

describe("the messages", () => {
  test("begin with a line of their own that says nothing on a lock screen", () => {
    const first = both.map(({ id, lang, text }) => ({ id, lang, line: text.split("\n")[0] ?? "" }));
    const telling = first.filter(({ lang, line }) => lockScreen.words[lang].some((word) => hasPhrase(line, word)));
    expect(telling).toEqual([]);
    expect(first.filter(({ line }) => line.length > 80)).toEqual([]);
  });

  test("are one thought for a phone, composed, without emoji, numbers of phones or lines that begin with a number", () => {
    expect(both.filter(({ text }) => text.length > 600)).toEqual([]);
    expect(
      both.filter(({ text }) => text !== text.normalize("NFC") || /\p{Extended_Pictographic}/u.test(text)),
    ).toEqual([]);
    expect(both.filter(({ text }) => /1[89]00|(?:\d[ .]?){8,}/.test(text))).toEqual([]);
    expect(both.filter(({ text }) => /^\d+[.)] /m.test(text))).toEqual([]);
  });

  test("are sent when messages may be sent", () => {
    const times = sent.map(({ send }) => send.at);
    expect(times.filter((at) => at < "07:00" || at >= "21:00")).toEqual([]);
  });
});
