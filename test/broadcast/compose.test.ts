import { beforeAll, describe, expect, test } from "vitest";
import { createWorlds, nobodyOn } from "../../src/bot/world.ts";
import { type Content, SENT_CHANNELS } from "../../src/broadcast/broadcast.ts";
import { composeBroadcast } from "../../src/broadcast/compose.ts";
import { limitsOf } from "../../src/channels/limits.ts";
import type { ChannelName } from "../../src/channels/port.ts";
import { advance } from "../../src/flow/engine.ts";
import { LANGS, TOPICS, type Topic } from "../../src/flow/ids.ts";
import { EXIT_TOKENS } from "../../src/flow/input.ts";
import { freshState, type State } from "../../src/flow/session.ts";
import { foldWords } from "../../src/language/fold.ts";
import { message, ownSources } from "./own-broadcasts.ts";

const DAY = "2026-11-25";
const NOW = Date.parse("2026-11-25T08:00:00+07:00");
let own: Awaited<ReturnType<typeof ownSources>>;

beforeAll(async () => {
  own = await ownSources();
});

function composed(
  content: Content,
  channel: ChannelName,
  { lang = "vi", topic = "campaign", day = DAY }: { lang?: "vi" | "en"; topic?: Topic; day?: string } = {},
) {
  const result = composeBroadcast({ content, day }, own.sources)(lang, limitsOf(channel), topic);
  if (result === null) throw new Error("nothing was composed");
  return result;
}

const TIP: Content = { kind: "tip" };
const QUIZ: Content = { kind: "quiz", intro: { vi: "Hôm nay mình đố bạn nhé.", en: "Here is a quiz for you." } };

describe("a broadcast", () => {
  test("is numbered text on Zalo, with how to stop and how to get help", () => {
    expect(composed(message(), "zalo-bot").message.text).toBe(
      [
        "Chào bạn.",
        "Hôm nay có một buổi gặp mặt.",
        "Không muốn nhận tin này nữa, bạn nhắn “thôi tin”.",
        "1. Mẹo hôm nay\n2. Chơi đố vui\n(Nhắn số hoặc vài chữ của mục bạn chọn.)",
        "Nhắn “menu” để về trang chính, “giúp” khi cần người hỗ trợ.",
      ].join("\n\n"),
    );
  });

  test("has buttons on Telegram and on the page, which keep working", () => {
    const tokens = ["::tips", "quizzes:choose:digital-age"];
    const telegram = composed(message(), "telegram").message;
    expect(telegram.choices.map(({ token }) => token)).toEqual([...tokens, EXIT_TOKENS.menu, EXIT_TOKENS.help]);
    const web = composed(message(), "web").message;
    expect(web.choices.map(({ token }) => token)).toEqual(tokens);
    expect(web.exits).toEqual(["menu", "help"]);
    expect(web).not.toHaveProperty("passing");
    expect(telegram).not.toHaveProperty("discreet");
  });

  test("has one way to help only, where the team put one", () => {
    const ways = [{ payload: "help", label: { vi: "Tôi cần người giúp", en: "I need help" } }];
    const { choices } = composed(message({ ways }), "telegram").message;
    expect(choices.map(({ token }) => token)).toEqual([EXIT_TOKENS.help, EXIT_TOKENS.menu]);
  });

  test("remembers what the team offers, not the standing exits", () => {
    expect(composed(message(), "telegram", { lang: "en" }).offers).toEqual([
      { id: "tips", label: "Today's tip", token: "::tips" },
      { id: "digital-age", label: "Play the quiz", token: "quizzes:choose:digital-age" },
    ]);
    expect(composed(message({ ways: [] }), "telegram")).toMatchObject({ offers: [], message: { expects: "nothing" } });
  });

  test("with a picture is one message; who cannot see it reads what it shows", () => {
    const media = {
      kind: "image",
      file: "a.png",
      alt: { vi: "Một dải ruy băng cam", en: "An orange ribbon" },
    } as const;
    const telegram = composed(message({ media }), "telegram").message;
    expect(telegram.media).toEqual({ kind: "image", file: "a.png" });
    expect(telegram.text).toContain("Trong hình: Một dải ruy băng cam\n\nKhông muốn nhận");
    const zalo = composed(message({ media }), "zalo-bot").message;
    expect(zalo.media).toBeUndefined();
    expect(zalo.text).toContain("mặt.\n\nMột dải ruy băng cam\n\nKhông muốn nhận");
  });

  test("of a tip is that of the day, with its source and a way to more", () => {
    const [first, second] = ["2026-11-25", "2026-11-26"].map((day) => composed(TIP, "zalo-oa", { topic: "tips", day }));
    expect(first?.message.text).toMatch(/^Mẹo hôm nay của bạn đây\.\n\n/);
    expect(first?.message.text).toContain("\n\nNguồn: ");
    expect(first?.message.text).not.toBe(second?.message.text);
    const topic = own.bundle.tips[0]?.topic ?? "";
    expect(composed({ kind: "tip", topic }, "web").message.text).toContain("“thôi tin”");
  });

  test("of the quiz of the day has another one every day until all had theirs", () => {
    const days = Array.from(
      { length: own.bundle.quizzes.length },
      (_, n) => `2026-12-${String(n + 1).padStart(2, "0")}`,
    );
    const tokens = days.map((day) => composed(QUIZ, "web", { topic: "quizzes", day }).offers[0]?.token);
    expect(new Set(tokens).size).toBe(own.bundle.quizzes.length);
    expect(composed(QUIZ, "web", { day: "2026-01-01" }).offers).toHaveLength(1);
  });

  test("is nothing where it would be too long, or would lead nowhere", () => {
    const compose = (content: Content, day = DAY) =>
      composeBroadcast({ content, day }, own.sources)("vi", limitsOf("zalo-bot"), "tips");
    const long = { vi: "chữ ".repeat(480), en: "x" };
    expect(compose(message({ text: long, ways: [] }))).toBeNull();
    expect(compose(message({ ways: [{ payload: "nowhere", label: { vi: "A", en: "A" } }] }))).toBeNull();
    expect(compose(message({ ways: [{ quiz: "nowhere", label: { vi: "A", en: "A" } }] }))).toBeNull();
    expect(compose({ kind: "tip", topic: "nowhere" })).toBeNull();
    expect(compose({ ...QUIZ, quiz: "nowhere" })).toBeNull();
  });
});

describe("every tip and quiz of this bot", () => {
  const days = Array.from({ length: 120 }, (_, n) => new Date(Date.UTC(2026, 10, 15 + n)).toISOString().slice(0, 10));

  test.each(SENT_CHANNELS)("fits %s as one message with help in it", (channel) => {
    for (const lang of LANGS) {
      for (const day of days) {
        for (const content of [TIP, QUIZ]) {
          const { message: one, offers } = composed(content, channel, { lang, day, topic: "tips" });
          const help = one.choices.some(({ token }) => token === EXIT_TOKENS.help) || one.exits.includes("help");
          expect(help).toBe(true);
          for (const { token } of offers) expect(new TextEncoder().encode(token).length).toBeLessThanOrEqual(64);
        }
      }
    }
  });
});

describe("what a broadcast says", () => {
  const known = (): State => {
    const { session } = freshState(NOW, "vi");
    return { heard: {}, session: { ...session, met: true, me: { lang: "vi", keep: true }, topics: [...TOPICS] } };
  };
  const worlds = () =>
    createWorlds({
      bundle: own.bundle,
      say: own.sources.say,
      slots: {},
      services: null,
      home: undefined,
      random: () => 0,
    });

  test.each(TOPICS.flatMap((topic) => LANGS.map((lang) => [topic, lang] as const)))(
    "of stopping %s in %s is a word that stops it, and it alone",
    (topic, lang) => {
      const footer = own.sources.say({ key: `broadcast.footer_${topic}` }, lang);
      const word = /“([^”]+)”/.exec(footer)?.[1] ?? "";
      expect(own.program.keywords.get(foldWords(word))).toBe(`stop-${topic}`);
      const { state } = advance(
        own.program,
        known(),
        { kind: "text", text: word },
        worlds().at(NOW, nobodyOn("telegram")),
      );
      expect(state.session.topics).toEqual(TOPICS.filter((one) => one !== topic));
    },
  );

  test.each([
    ["tips", TIP, "tips.choose"],
    ["quizzes", QUIZ, "quizzes.play"],
  ] as const)("its button does, for %s", (topic, content, where) => {
    const token = composed(content, "telegram", { topic }).offers[0]?.token ?? "";
    const { state } = advance(own.program, known(), { kind: "choice", token }, worlds().at(NOW, nobodyOn("telegram")));
    const { flow, node } = state.session.frames.at(-1) ?? {};
    expect(`${flow}.${node}`).toBe(where);
  });
});
