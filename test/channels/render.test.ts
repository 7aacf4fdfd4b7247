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
  passing: false,
  discreet: false,
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

  test("says how to answer where words are wanted, and nothing where there is one thing to choose", () => {
    const [asked] = render({ ...SCREEN, expects: "text" }, "en", limitsOf("zalo-oa"), say);
    expect(asked?.text).toContain("2. Entry two\n[engine.answer_hint]");
    const one = { ...SCREEN, choices: SCREEN.choices.slice(0, 1), exits: [] };
    expect(render(one, "en", limitsOf("zalo-oa"), say)[0]?.text).toBe("Hello\n\n1. Entry one");
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

  test("on Telegram is one message with every part, and the ways out are buttons below the choices", () => {
    const screen: Screen = { ...SCREEN, parts: [...SCREEN.parts, { kind: "service", service: SERVICE }] };
    const [message, ...more] = render(screen, "vi", limitsOf("telegram"), say);
    expect(more).toEqual([]);
    expect(message?.text.startsWith("Xin chào\n\nNơi giúp\n111")).toBe(true);
    expect(message?.text).not.toContain("[engine.exits_line]");
    expect(message?.links).toEqual([{ label: "example.org", url: "https://www.example.org/a" }]);
    expect(message?.choices.map(({ label, token }) => [label, token])).toEqual([
      ["Mục một", "f:n:a"],
      ["Mục hai", "f:n:b"],
      ["[engine.exit_menu]", "::menu"],
      ["[engine.exit_help]", "::help"],
    ]);
  });

  test("has no button for the way to where it is", () => {
    const tokens = (screen: Screen) =>
      render(screen, "vi", limitsOf("telegram"), say)[0]?.choices.map(({ token }) => token);
    expect(tokens({ ...SCREEN, flow: "menu" })).toEqual(["menu:n:a", "menu:n:b", "::help"]);
    const offering = { ...SCREEN, choices: [{ id: "help", label: { vi: "Cần giúp", en: "Help" } }] };
    expect(tokens(offering)).toEqual(["f:n:help", "::menu"]);
  });

  test("gives way to what follows only where that can be edited and nothing but a question is lost", () => {
    const passing = { ...SCREEN, passing: true };
    const first = (screen: Screen, channel: (typeof CHANNELS)[number]) =>
      render(screen, "vi", limitsOf(channel), say)[0]?.passing;
    expect(first(passing, "telegram")).toBe(true);
    expect(first(SCREEN, "telegram")).toBeUndefined();
    for (const channel of ["web", "zalo-bot", "zalo-oa"] as const) expect(first(passing, channel)).toBeUndefined();
    expect(first({ ...passing, choices: [] }, "telegram")).toBeUndefined();
    expect(first({ ...passing, parts: [{ kind: "service", service: SERVICE }] }, "telegram")).toBeUndefined();
  });

  test("about help is sent without a sound, and can be copied only where there is something to keep", () => {
    const screen: Screen = { ...SCREEN, discreet: true };
    expect(render(screen, "vi", limitsOf("telegram"), say)[0]).toMatchObject({ discreet: true });
    expect(render(screen, "vi", limitsOf("telegram"), say)[0]?.copyable).toBeUndefined();
    const services: Screen = { ...screen, parts: [{ kind: "service", service: SERVICE }] };
    expect(render(services, "vi", limitsOf("telegram"), say)[0]).toMatchObject({ discreet: true, copyable: true });
    expect(render(screen, "vi", limitsOf("web"), say)[0]?.discreet).toBeUndefined();
  });

  test("hands a letter over as one message for each file where the bot sends it", () => {
    const key = (name: string) => ({ key: name });
    const part = {
      kind: "draft",
      draft: { form: "f", answers: {}, place: undefined },
      ready: key("ready"),
      plain: key("plain"),
      gone: key("gone"),
      held: "h",
    } as const;
    const screen: Screen = { ...SCREEN, parts: [part] };
    const messages = render(screen, "vi", limitsOf("telegram"), say);
    expect(messages.map(({ text, files, gone }) => [text, files?.map(({ name }) => name), gone])).toEqual([
      ["[engine.sent_docx]", ["don.docx"], "[gone]"],
      ["[engine.sent_pdf]", ["don.pdf"], undefined],
      ["[ready]", undefined, undefined],
    ]);
    expect(render(screen, "vi", limitsOf("web"), say)[0]?.files).toHaveLength(2);
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
