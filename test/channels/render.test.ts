import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitsOf } from "../../src/channels/limits.ts";
import { CHANNELS } from "../../src/channels/port.ts";
import { render } from "../../src/channels/render.ts";
import { splitText } from "../../src/channels/split-text.ts";
import type { Screen, ServiceCard } from "../../src/flow/screen.ts";
import type { Say } from "../../src/language/texts.ts";

const say: Say = (ref, lang) => ("key" in ref ? `[${ref.key}]` : ref[lang]);

const SCREEN: Screen = {
  flow: "f",
  node: "n",
  parts: [{ kind: "text", text: { vi: "Xin chào", en: "Hello" } }],
  choices: [
    { id: "a", label: { vi: "Mục một", en: "Entry one" } },
    { id: "b", label: { vi: "Mục hai", en: "Entry two" } },
  ],
  exits: ["menu", "help"],
  expects: "choice",
  clear: false,
};

const SERVICE: ServiceCard = {
  id: "s",
  name: { vi: "Nơi giúp", en: "A service" },
  phones: [{ number: "111", tel: "111", cost: "free", open: "always" }],
  url: "https://www.example.org/a",
  note: { vi: "Ghi chú", en: "Note" },
  recorded: true,
  unchecked: true,
};

describe("a screen on a channel", () => {
  test("with buttons shows buttons and no numbers", () => {
    const [message, ...more] = render(SCREEN, "vi", limitsOf("web"), say);
    expect(more).toEqual([]);
    expect(message?.text).toBe("Xin chào");
    expect(message?.choices).toEqual([
      { id: "a", label: "Mục một", token: "f:n:a" },
      { id: "b", label: "Mục hai", token: "f:n:b" },
    ]);
    expect(message?.exits).toEqual(["menu", "help"]);
  });

  test("without buttons is numbered text that says how to choose and how to leave", () => {
    const [message] = render(SCREEN, "en", limitsOf("zalo-bot"), say);
    expect(message?.text).toBe("Hello\n\n1. Entry one\n2. Entry two\n[engine.number_hint]\n\n[engine.exits_line]");
    expect(message?.choices.map((choice) => choice.token)).toEqual(["f:n:a", "f:n:b"]);
  });

  test("puts more choices than the channel has buttons into numbered text", () => {
    const choices = Array.from({ length: 40 }, (_, i) => ({
      id: `c${i}`,
      label: { vi: `Mục ${i}`, en: `Entry ${i}` },
    }));
    const [message] = render({ ...SCREEN, choices }, "vi", limitsOf("web"), say);
    expect(message?.text).toContain("40. Mục 39");
  });

  test("shows a service with a number to tap, its cost, its hours and what is not sure", () => {
    const screen: Screen = { ...SCREEN, parts: [{ kind: "service", service: SERVICE }] };
    const [web] = render(screen, "vi", limitsOf("web"), say);
    expect(web?.calls).toEqual([{ label: "[engine.call]", tel: "111" }]);
    expect(web?.links).toEqual([{ label: "example.org", url: "https://www.example.org/a" }]);
    const [text] = render(screen, "vi", limitsOf("zalo-oa"), say);
    for (const part of [
      "111",
      "[engine.cost_free]",
      "[engine.open_always]",
      "Ghi chú",
      "[engine.recorded]",
      "[engine.unchecked]",
      "https://",
    ]) {
      expect(text?.text).toContain(part);
    }
  });

  test("gives a picture's words where pictures cannot be sent", () => {
    const screen: Screen = {
      ...SCREEN,
      choices: [],
      exits: [],
      parts: [{ kind: "media", media: "image", file: "a.png", alt: { vi: "Bức ảnh", en: "A picture" } }],
    };
    expect(render(screen, "vi", limitsOf("terminal"), say)[0]).toMatchObject({ text: "Bức ảnh" });
    expect(render(screen, "vi", limitsOf("web"), say)[0]?.media).toEqual({ kind: "image", file: "a.png" });
  });

  test("clears with its first message and asks with its last", () => {
    const screen: Screen = { ...SCREEN, clear: true, parts: [...SCREEN.parts, ...SCREEN.parts] };
    const messages = render(screen, "vi", limitsOf("web"), say);
    expect(messages.map((m) => [m.clear, m.choices.length, m.expects])).toEqual([
      [true, 0, "nothing"],
      [false, 2, "choice"],
    ]);
  });

  test.each(CHANNELS)("never goes over the text length of %s, and loses no word", (channel) => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 80, mode: "sentences" }), { maxLength: 6 }), (texts) => {
        const screen: Screen = {
          ...SCREEN,
          parts: texts.map((text) => ({ kind: "text", text: { vi: text, en: text } })),
        };
        const messages = render(screen, "vi", limitsOf(channel), say);
        for (const message of messages) expect(message.text.length).toBeLessThanOrEqual(limitsOf(channel).textLength);
        const words = (text: string) => text.split(/\s+/).filter(Boolean);
        const shown = messages.flatMap((message) => words(message.text)).join(" ");
        expect(shown).toContain(texts.flatMap(words).join(" "));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a long text", () => {
  test("is split between paragraphs, else lines, sentences, words", () => {
    expect(splitText("một hai\n\nba bốn", 10)).toEqual(["một hai", "ba bốn"]);
    expect(splitText("một hai\nba bốn", 10)).toEqual(["một hai", "ba bốn"]);
    expect(splitText("Một. Hai ba bốn", 9)).toEqual(["Một.", "Hai ba", "bốn"]);
  });

  test("never cuts a character in two", () => {
    for (const piece of splitText("😀".repeat(20), 7)) expect(piece.isWellFormed()).toBe(true);
  });
});
