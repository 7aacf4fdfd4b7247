import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figuresOf } from "../../learn/figures.ts";
import { hostileText } from "../../learn/hostile.ts";
import { seededRandom } from "../../src/bot/random.ts";
import { LABELS } from "../../src/safety/labels.ts";
import { classify, devExamples, heldOut, screen } from "./support.ts";

/** Hostile texts in this test; the soak reads a million. */
const HOSTILE = 2_000;

const judged = (examples: typeof heldOut) =>
  figuresOf(examples.map((example) => ({ example, ...classify(example.text) })));

describe("figures, a little under what docs/safety-screen.md says", () => {
  test("on our own messages that nothing was learned from", () => {
    const { anyHelpRecall, urgentRecall, strictLabel, falseAlarms } = judged(heldOut);
    expect(anyHelpRecall).toBeGreaterThan(0.85);
    expect(urgentRecall).toBeGreaterThan(0.75);
    expect(strictLabel).toBeGreaterThan(0.68);
    expect(falseAlarms).toBeLessThan(0.08);
  });

  test("on the evaluation set for developers", () => {
    const { anyHelpRecall, urgentRecall, strictLabel, falseAlarms } = judged(devExamples);
    expect(anyHelpRecall).toBeGreaterThan(0.9);
    expect(urgentRecall).toBeGreaterThan(0.8);
    expect(strictLabel).toBeGreaterThan(0.8);
    expect(falseAlarms).toBeLessThan(0.03);
  });
});

describe("what people say plainly", () => {
  test.each([
    ["chồng em đang cầm dao", { need: "domestic-violence", urgent: true, whom: "self" }],
    ["chong toi hay danh toi", { need: "domestic-violence", urgent: false, whom: "self" }],
    ["CK E LẠI ĐÁNH E", { need: "domestic-violence", whom: "self" }],
    ["tôi lỡ đánh vợ", { need: "domestic-violence", whom: "perpetrator" }],
    ["bạn em bị chồng đánh", { need: "domestic-violence", whom: "other" }],
    ["con 10 tuổi, ba đánh con", { need: "child-abuse", child: true }],
    ["em bị hiếp tối qua", { need: "sexual-violence", urgent: true }],
    ["nó dọa tung ảnh nóng của em", { need: "image-abuse" }],
    ["co nguoi lap nick gia boi nho toi", { need: "online-abuse" }],
    ["em bị lừa bán sang Campuchia", { need: "trafficking", urgent: true }],
    ["già này muốn chết", { need: "self-harm", urgent: true }],
    ["sếp sờ mông em", { need: "workplace-harassment" }],
    ["em muốn ly hôn thì làm sao", { need: "legal" }],
    ["tối nay em không có chỗ ngủ", { need: "shelter", urgent: true }],
    ["human please", { need: "talk-to-person" }],
    ["my husband is beating me right now", { need: "domestic-violence", urgent: true }],
  ])("%s", (text, wanted) => {
    expect(screen(text)).toMatchObject(wanted);
  });

  test.each(["", "   ", "7", "🙏🙏🙏", "?!…", "ok", "menu", "mẹo hôm nay", "đánh răng", "cười chết mất", "tu tu thoi"])(
    "nothing in “%s”",
    (text) => {
      expect(screen(text)).toBeNull();
    },
  );
});

test("reads any text, and the same in composed and decomposed Unicode", () => {
  const words = fc.constantFrom(
    "chồng",
    "đánh",
    "em",
    "giết",
    "bóp cổ",
    "hoà",
    "không",
    "muốn sống",
    "dao",
    "😢",
    "12",
    "\n",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(words).map((list) => list.join(" ")),
  );
  fc.assert(
    fc.property(text, (any) => {
      const heard = screen(any);
      expect(screen(any.normalize("NFD"))).toEqual(heard);
      expect(screen(any.normalize("NFC"))).toEqual(heard);
    }),
  );
});

test("does not mind capitals", () => {
  for (const { text } of heldOut) expect(screen(text.toUpperCase())).toEqual(screen(text));
});

test("a disclosure inside a long message is heard", () => {
  const talk = heldOut.filter(({ label, note }) => label === "none" && note === "").map(({ text }) => text);
  const before = talk.slice(0, 15).join(". ");
  const after = talk.slice(15, 30).join(". ");
  expect(screen(`${before}. chồng tôi bóp cổ tôi tối qua. ${after}`)).toMatchObject({ need: "domestic-violence" });
});

test("answers with its four facts and nothing of the text", () => {
  for (const { text } of heldOut) {
    const heard = screen(text);
    if (heard !== null) expect(Object.keys(heard).sort()).toEqual(["child", "need", "urgent", "whom"]);
  }
});

test("labels are in the order of their scores, each once", () => {
  const { labels } = classify("chồng em hay đánh em").answers;
  expect(labels.map(({ label }) => label).toSorted()).toEqual([...LABELS].sort());
  expect(labels.map(({ score }) => score)).toEqual(labels.map(({ score }) => score).toSorted((a, b) => b - a));
});

test("hostile texts are read like any other", () => {
  const random = seededRandom(11);
  for (let i = 0; i < HOSTILE; i++) expect(typeof classify(hostileText(random)).urgent).toBe("boolean");
});
