import { beforeAll, describe, expect, test } from "vitest";
import type { Content } from "../../src/broadcast/broadcast.ts";
import { BLOCKING, type Cut } from "../../src/broadcast/preview.ts";
import { type PreviewSources, previewsOf } from "../../src/broadcast/previews.ts";
import { message, ownSources, SEGMENT } from "./own-broadcasts.ts";

const DAY = "2026-11-25";
let sources: PreviewSources;

beforeAll(async () => {
  ({ sources } = await ownSources());
});

/** What is cut, by channel and language. */
function cuts(content: Content, from = sources): Record<string, readonly Cut[]> {
  return Object.fromEntries(
    previewsOf(content, SEGMENT, DAY, from).map((one) => [`${one.channel} ${one.lang}`, one.cuts]),
  );
}

describe("a preview", () => {
  test("is made for every channel people are sent to, in both languages", () => {
    expect(Object.keys(cuts(message()))).toEqual([
      "web vi",
      "web en",
      "telegram vi",
      "telegram en",
      "zalo-bot vi",
      "zalo-bot en",
      "zalo-oa vi",
      "zalo-oa en",
    ]);
    const some = previewsOf(message(), { ...SEGMENT, channels: ["web"] }, DAY, sources);
    expect(some.map(({ channel, lang }) => `${channel} ${lang}`)).toEqual(["web vi", "web en"]);
  });

  test("says where choices are numbers, and cuts nothing else of a plain message", () => {
    expect(cuts(message())).toMatchObject({
      "web vi": [],
      "telegram en": [],
      "zalo-bot vi": ["numbers"],
      "zalo-oa en": ["numbers"],
    });
    expect(cuts(message({ ways: [] }))).toMatchObject({ "zalo-bot vi": [] });
  });

  test("of a text that is too long shows all of it, and by how much", () => {
    const text = { vi: "một hai ba bốn ".repeat(150), en: "Short." };
    const previews = previewsOf(message({ text, ways: [] }), SEGMENT, DAY, sources);
    const zalo = previews.find(({ channel, lang }) => channel === "zalo-bot" && lang === "vi");
    expect(zalo?.cuts).toEqual(["text-too-long"]);
    expect(zalo?.length).toBeGreaterThan(2_250);
    expect(zalo?.length).toBe(zalo?.message.text.length);
    expect(zalo?.most).toBe(2_000);
    expect(previews.filter(({ lang }) => lang === "en").flatMap((one) => one.cuts)).toEqual([]);
  });

  test("shows how to stop the first of its topics, and leaves room for the words of every one", () => {
    const both = { ...SEGMENT, topics: ["quizzes", "tips"] } satisfies typeof SEGMENT;
    const look = (vi: string, segment: typeof SEGMENT) =>
      previewsOf(message({ text: { vi, en: "x" }, ways: [] }), { ...segment, channels: ["zalo-bot"] }, DAY, sources)[0];
    const [short] = [look("a", both)];
    expect(short?.message.text).toContain("“thôi mẹo”");
    const just = "a".repeat(1 + 2_000 - (short?.length ?? 0));
    expect(look(just, { ...SEGMENT, topics: ["tips"] })).toMatchObject({ length: 2_000, cuts: [] });
    expect(look(just, both)).toMatchObject({ length: 2_000, cuts: ["text-too-long"] });
  });

  test("of a label longer than a button says so where there are buttons", () => {
    const label = { vi: "Xem thật nhiều điều hay mà mình đã soạn riêng cho bạn trong tháng này", en: "Look" };
    const found = cuts(message({ ways: [{ payload: "tips", label }] }));
    expect(found).toMatchObject({
      "web vi": ["label-cut"],
      "telegram vi": ["label-cut"],
      "web en": [],
      "zalo-bot vi": ["numbers"],
    });
  });

  test("of a first line that names the topic says so; in the second it may stand", () => {
    const named = { vi: "Phòng chống bạo lực gia đình\n\nChào bạn.", en: "Hello.\n\nOn violence." };
    const found = cuts(message({ text: named, ways: [] }));
    expect(found).toMatchObject({ "web vi": ["topic-first"], "zalo-oa vi": ["topic-first"], "web en": [] });
  });

  test("of a recording and a picture says where they cannot be had", () => {
    const alt = { vi: "Lời chào", en: "A greeting" };
    const voice = (file: string) => cuts(message({ ways: [], media: { kind: "voice", file, alt } }));
    expect(voice("a.mp3")).toMatchObject({
      "web vi": [],
      "telegram vi": [],
      "zalo-bot vi": ["no-voice"],
      "zalo-oa vi": ["no-voice"],
    });
    expect(voice("a.aac")).toMatchObject({ "telegram vi": ["no-voice"] });
    const image = message({ ways: [], media: { kind: "image", file: "a.png", alt } });
    expect(cuts(image)).toMatchObject({
      "web vi": [],
      "telegram vi": [],
      "zalo-bot vi": ["no-picture"],
      "zalo-oa vi": [],
    });
    const open = { ...sources, publicFiles: true };
    expect(cuts(image, open)).toMatchObject({ "zalo-bot vi": [] });
    const spoken = message({ ways: [], media: { kind: "voice", file: "a.aac", alt } });
    expect(cuts(spoken, open)).toMatchObject({ "zalo-bot vi": [], "zalo-oa vi": ["no-voice"] });
  });

  test("of what is not there says that there is nothing to show", () => {
    const found = cuts({ kind: "tip", topic: "nowhere" });
    expect(new Set(Object.values(found).flat())).toEqual(new Set(["nothing-to-show"]));
  });

  test("of the tips and the quiz of the day has nothing that keeps them from being sent", () => {
    const intro = { vi: "Hôm nay mình đố bạn nhé.", en: "Here is a quiz for you." };
    const series: Content[] = [{ kind: "tip" }, { kind: "quiz", intro }];
    for (const content of series) {
      expect(
        Object.values(cuts(content))
          .flat()
          .filter((cut) => BLOCKING.includes(cut)),
      ).toEqual([]);
    }
  });
});
