import { describe, expect, test } from "vitest";
import { foldWords } from "../../src/language/fold.ts";
import { campaigns, month, quizzes, topics } from "./content-files.ts";

const questions = quizzes.flatMap((quiz) => quiz.questions);
const tips = topics.flatMap((topic) => topic.tips);
const everything = [...quizzes, ...topics, ...campaigns, month];

/** All strings of a content file, with the keys that lead to them. */
function stringsOf(value: unknown, path = ""): readonly { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, `${path}.${key}`));
}
const strings = everything.flatMap((file) => stringsOf(file));
const repeated = (ids: readonly string[]) => ids.filter((id, i) => ids.indexOf(id) !== i);
const longest = (texts: readonly { vi: string; en: string }[]) =>
  Math.max(...texts.flatMap(({ vi, en }) => [vi.length, en.length]));

describe("every text", () => {
  test("is composed Unicode without emoji and without space at its ends", () => {
    const odd = strings.filter(
      ({ text }) => text !== text.normalize("NFC") || text !== text.trim() || /\p{Extended_Pictographic}/u.test(text),
    );
    expect(odd).toEqual([]);
  });

  test("names no phone number but 111, 113 and 115", () => {
    const shown = strings.filter(({ path }) => /\.(?:vi|en)$/.test(path));
    const short = shown.flatMap(({ text }) => text.match(/(?<![\d.,/])11\d(?![.,]?\d)/g) ?? []);
    expect([...new Set(short)].sort()).toEqual(["111", "113", "115"]);
    expect(shown.filter(({ text }) => /1[89]00|(?:\d[ .]?){8,}/.test(text))).toEqual([]);
  });

  test("has a source that people can look up, not a file of ours", () => {
    const sources = strings.filter(({ path }) => path.endsWith(".source"));
    expect(sources.filter(({ text }) => /\.md\b|§|seed/.test(text))).toEqual([]);
  });
});

describe("quizzes", () => {
  test("there are at least 5, with 8 to 14 questions each and 60 in all", () => {
    expect(quizzes.length).toBeGreaterThanOrEqual(5);
    expect(questions.length).toBeGreaterThanOrEqual(60);
    for (const { questions } of quizzes) expect([8, 9, 10, 11, 12, 13, 14]).toContain(questions.length);
  });

  test("no question stands in two quizzes, by id or by words", () => {
    expect(repeated(quizzes.map(({ quiz }) => quiz))).toEqual([]);
    expect(repeated(questions.map(({ id }) => id))).toEqual([]);
    expect(repeated(questions.map(({ text }) => foldWords(text.vi)))).toEqual([]);
  });

  test("titles and answers fit a button; question and explanation fit a phone's screen", () => {
    expect(longest(quizzes.map(({ title }) => title))).toBeLessThanOrEqual(40);
    expect(longest(questions.flatMap(({ right, wrong }) => [right, ...wrong]))).toBeLessThanOrEqual(40);
    expect(longest(questions.map(({ text }) => text))).toBeLessThanOrEqual(200);
    expect(longest(questions.map(({ why }) => why))).toBeLessThanOrEqual(250);
  });

  test("no two answers of a question look the same when typed", () => {
    const same = questions.filter(({ right, wrong }) =>
      (["vi", "en"] as const).some((lang) => repeated([right, ...wrong].map((a) => foldWords(a[lang]))).length > 0),
    );
    expect(same).toEqual([]);
  });

  test("every question of the quizzes about violence and myths offers help afterwards", () => {
    const near = quizzes.filter(({ quiz }) => ["not-ok", "law-today", "myths"].includes(quiz));
    expect(near.flatMap(({ questions }) => questions.filter(({ help }) => !help))).toEqual([]);
    const ids = ["image-threat", "stopncii", "take-it-down", "grooming-sign", "watched-phone", "how-to-report"];
    expect(questions.filter(({ id }) => ids.includes(id)).map(({ help }) => help)).toEqual(ids.map(() => true));
  });

  test("the quiz for schools asks nothing that is not for all ages", () => {
    const ages = quizzes.find(({ quiz }) => quiz === "for-schools")?.questions.map(({ age }) => age);
    expect(new Set(ages)).toEqual(new Set(["all"]));
  });

  test("nothing withdrawn is asked: old fines, the old distance, remarks that are no statistics", () => {
    const withdrawn = /\b30 m\b|144\/2021|15\/2020|\b90 ?%|\b99 ?%|16[–-]58/;
    expect(stringsOf(questions).filter(({ text }) => withdrawn.test(text))).toEqual([]);
  });

  test("a quiz about a campaign names one that exists", () => {
    const known = campaigns.map(({ campaign }) => campaign);
    expect(quizzes.flatMap(({ campaign }) => campaign ?? []).filter((id) => !known.includes(id))).toEqual([]);
    expect(quizzes.find(({ quiz }) => quiz === "digital-age")?.campaign).toBe("2025-hai-phong");
  });
});

describe("tips", () => {
  test("there are at least 45 in at least 6 topics, more than a month has days", () => {
    expect(topics.length).toBeGreaterThanOrEqual(6);
    expect(tips.length).toBeGreaterThanOrEqual(45);
    expect(repeated(tips.map(({ id }) => id))).toEqual([]);
    expect(repeated(topics.map(({ topic }) => topic))).toEqual([]);
  });

  test("each is short, with a first line of its own", () => {
    expect(longest(tips.map(({ text }) => text))).toBeLessThanOrEqual(500);
    expect(longest(topics.map(({ title }) => title))).toBeLessThanOrEqual(40);
    expect(tips.filter(({ text }) => [text.vi, text.en].some((t) => t.split("\n").length !== 2))).toEqual([]);
  });

  test("no first line or title tells a bystander what the bot is about", () => {
    const telling =
      /bạo lực|bạo hành|xâm hại|quấy rối|hiếp|đánh đập|nạn nhân|tố giác|mua bán người|violen|abus|harass|rape|victim|traffick|police/i;
    const firstLines = tips.flatMap(({ text }) => [text.vi, text.en].map((t) => t.split("\n")[0] ?? ""));
    const titles = [...topics, ...quizzes].flatMap(({ title }) => [title.vi, title.en]);
    expect([...firstLines, ...titles].filter((line) => telling.test(line))).toEqual([]);
  });
});

describe("campaigns", () => {
  const themeOf = (id: string) => campaigns.find(({ campaign }) => campaign === id)?.theme?.vi;

  test("the themes of past years are quoted exactly", () => {
    expect(themeOf("2019-long-bien")).toBe("Chấm dứt bạo lực đối với phụ nữ và trẻ em");
    const from2021 =
      "Đảm bảo an sinh xã hội, tăng quyền năng và tạo cơ hội cho phụ nữ và trẻ em gái nhằm thực hiện bình đẳng giới và xóa bỏ bạo lực trên cơ sở giới";
    expect(themeOf("2022-ha-noi")).toBe(from2021);
    expect(themeOf("2023-quang-ninh")).toBe(from2021);
    expect(themeOf("2025-hai-phong")).toBe("Bình đẳng giới và an toàn cho phụ nữ và trẻ em gái trong kỷ nguyên số");
  });

  test("2026 is an open slot for the whole country", () => {
    const slot = campaigns.find(({ campaign }) => campaign === "2026");
    expect(slot).toMatchObject({ year: 2026, from: "2026-11-15", to: "2026-12-15", slogans: [], activities: [] });
    expect(slot?.theme).toBeUndefined();
    expect(slot?.province).toBeUndefined();
  });

  test("slogans are listed only where the year's own set is known", () => {
    const counts = Object.fromEntries(campaigns.map(({ campaign, slogans }) => [campaign, slogans.length]));
    expect(counts).toEqual({
      "2019-long-bien": 12,
      "2022-ha-noi": 0,
      "2023-quang-ninh": 1,
      "2025-hai-phong": 0,
      "2026": 0,
    });
  });

  test("each past campaign belongs to its province and tells what was done", () => {
    const past = campaigns.filter(({ year }) => year < 2026);
    expect(past.map(({ campaign, province }) => [campaign, province])).toEqual([
      ["2019-long-bien", "01"],
      ["2022-ha-noi", "01"],
      ["2023-quang-ninh", "22"],
      ["2025-hai-phong", "31"],
    ]);
    for (const { activities } of past) expect(activities.length).toBeGreaterThanOrEqual(5);
  });

  test("the month knows its seven days in order, and what happens every year", () => {
    expect(month.days.map(({ day }) => day)).toEqual(["11-15", "11-20", "11-25", "12-01", "12-03", "12-10", "12-15"]);
    expect(month.activities.length).toBeGreaterThan(0);
    expect(month.days.filter(({ vi, day }) => !vi.startsWith(day.split("-").reverse().join("/")))).toEqual([]);
  });
});
