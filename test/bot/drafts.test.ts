import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Bot } from "../../src/bot/bot.ts";
import { Drafts } from "../../src/bot/drafts.ts";
import { Shelf } from "../../src/bot/shelf.ts";
import { limitsOf } from "../../src/channels/limits.ts";
import type { NumberedMessage } from "../../src/channels/message.ts";
import type { ChannelName, TurnReceipt } from "../../src/channels/port.ts";
import type { Input } from "../../src/flow/input.ts";
import type { CitizenStore, TurnCommit } from "../../src/stores/citizen-store.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { ownForms } from "../draft/own-letters.ts";
import { fixedWorld, programWith } from "../support/flows.ts";

const MINUTE = 60_000;
const { forms, write } = await ownForms();
const FLOW = `
flow: letter
version: 1
keeps: nothing
expires: 30m
start: fill
triggers: { commands: [letter] }
nodes:
  fill: { kind: form, form: legal-aid, go: after, lost: gone, drop: gone }
  after: { kind: ask, choices: [{ id: menu, go: "@menu" }] }
  gone: { kind: ask, choices: [{ id: again, go: fill }] }
`;
const PLANTED = ["Lan-7713", "Hẻm-7713", "Nghèo-7713", "Chuyện-7713", "Phường-7713", "Luật-sư-7713"];

const keyring = ephemeralKeyring();
let store: CitizenStore;
let commits: TurnCommit[] = [];
let now = 0;
let number = 0;

beforeEach(async () => {
  commits = [];
  now = fixedWorld().now;
  store = await openSqliteStore({ file: ":memory:", keyring });
});
afterEach(() => store.close());

function newBot(): Bot {
  const form = (id: string) => forms.find((one) => one.form === id);
  return new Bot({
    program: programWith(FLOW),
    say: (ref, lang) => ("key" in ref ? ref.key : ref[lang]),
    store: { ...store, commit: (turn) => store.commit(noted(turn)) },
    drafts: new Drafts(write),
    keyOf: (channel, chat) => keyring.citizenKey(channel, chat),
    worldAt: (at) => fixedWorld({ now: at, form }),
    now: () => now,
    provinceOf: (place) => place,
  });
}

function noted(turn: TurnCommit): TurnCommit {
  commits.push(turn);
  return turn;
}

/** One chat with a bot. */
function chatWith(bot: Bot, channel: ChannelName = "web", chat = "c") {
  const turn = (input: Input): Promise<TurnReceipt> => {
    now += 1000;
    return bot.turn({ channel, chat, id: `i${++number}`, input });
  };
  const say = (text: string) => turn({ kind: "text", text });
  const press = (choice: string) => turn({ kind: "choice", token: `letter:fill:${choice}` });
  const fill = async (): Promise<TurnReceipt> => {
    await turn({ kind: "start" });
    await turn({ kind: "choice", token: "welcome:hello:go" });
    await say("/letter");
    const [name = "", home = "", group = "", what = "", office = "", wish = ""] = PLANTED;
    for (const text of [name, home, group, what]) await say(text);
    await press("keep-what");
    await say(office);
    return say(wish);
  };
  return { turn, say, press, fill };
}

const said = (messages: readonly NumberedMessage[]) => messages.map(({ text }) => text).join("\n");
const leaks = (value: unknown) => PLANTED.filter((word) => JSON.stringify(value).includes(word));

describe.each(["web", "terminal", "telegram", "zalo-bot", "zalo-oa"] as const)("on %s", (channel) => {
  test("no commit carries a word of the answers, and the person sees them all", async () => {
    const bot = newBot();
    const chat = chatWith(bot, channel);
    const review = await chat.fill();
    for (const word of PLANTED) expect(said(review.messages)).toContain(word);
    const { messages } = await chat.press("make");
    expect(leaks(commits)).toEqual([]);
    const files = messages.flatMap((message) => message.files ?? []);
    if (limitsOf(channel).files) expect(files.map(({ name }) => name)).toEqual(["don.docx", "don.pdf"]);
    else for (const word of PLANTED) expect(said(messages)).toContain(word);
    for (const { text } of messages) expect(text.length).toBeLessThanOrEqual(limitsOf(channel).textLength);
    expect(said(await bot.pending(channel, "c", 0))).toContain("Lan-7713");
  });
});

describe("a draft on the web", () => {
  async function made(bot: Bot) {
    const chat = chatWith(bot);
    await chat.fill();
    const { messages } = await chat.press("make");
    const id = messages.flatMap((message) => message.files ?? [])[0]?.id ?? "";
    return { chat, id, file: (format: "docx" | "pdf" = "pdf", of = "c") => bot.file("web", of, id, format) };
  }

  test("is fetched as often as wanted, in both formats, by its own chat only", async () => {
    const { file, id } = await made(newBot());
    expect(id).toMatch(/^[\w-]{24}$/);
    expect((await file("pdf"))?.toString("latin1").slice(0, 5)).toBe("%PDF-");
    expect((await file("docx"))?.toString("latin1").slice(0, 2)).toBe("PK");
    expect(await file("pdf")).not.toBeNull();
    expect(await file("pdf", "somebody else")).toBeNull();
  });

  test("is gone after 15 minutes, and swept", async () => {
    const bot = newBot();
    const { file } = await made(bot);
    now += 14 * MINUTE;
    await bot.tick();
    expect(await file()).not.toBeNull();
    now += MINUTE;
    expect(await file()).toBeNull();
    await bot.tick();
    now -= 2 * MINUTE;
    expect(await file()).toBeNull();
  });

  test.each([
    { name: "quick exit by word", leave: (bot: Bot) => chatWith(bot).say("thoát") },
    { name: "quick exit of the page", leave: (bot: Bot) => bot.forget("web", "c") },
    {
      name: "deleting everything",
      leave: async (bot: Bot) => {
        await chatWith(bot).say("xóa hết");
        return chatWith(bot).turn({ kind: "choice", token: "forget:sure:yes" });
      },
    },
  ])("is gone with $name", async ({ leave }) => {
    const bot = newBot();
    const { file } = await made(bot);
    await leave(bot);
    expect(await file()).toBeNull();
  });

  test("is gone after a restart, and so are the words of the review", async () => {
    const bot = newBot();
    const { id } = await made(bot);
    const again = newBot();
    expect(await again.file("web", "c", id, "pdf")).toBeNull();
    const waiting = await again.pending("web", "c", 0);
    expect(said(waiting)).toContain("letter.form.gone");
    expect(leaks(waiting)).toEqual([]);
  });
});

describe("the shelf", () => {
  const limits = { heldMs: 10, perOwner: 2, size: 30 };

  test("drops the oldest of an owner who has too many", () => {
    const shelf = new Shelf<string>(limits);
    const ids = ["a", "b", "c"].map((value) => shelf.put("one", value, 1, 0));
    expect(ids.map((id) => shelf.find("one", id, 1))).toEqual([undefined, "b", "c"]);
  });

  test("drops the oldest of anybody when all together are too large", () => {
    const shelf = new Shelf<string>(limits);
    const ids = ["a", "b", "c", "d"].map((value, at) => shelf.put(`owner ${at}`, value, 10, 0));
    expect(ids.map((id, at) => shelf.find(`owner ${at}`, id, 1))).toEqual([undefined, "b", "c", "d"]);
  });

  test("knows nobody's things by another's name, and nothing once its time is over", () => {
    const shelf = new Shelf<string>(limits);
    const id = shelf.put("one", "a", 1, 0);
    expect([shelf.find("two", id, 1), shelf.find("one", id, 9), shelf.find("one", id, 10)]).toEqual([
      undefined,
      "a",
      undefined,
    ]);
    shelf.sweep(10);
    expect(shelf.find("one", id, 1)).toBeUndefined();
  });

  test("is emptied at the end", () => {
    const drafts = new Shelf<string>(limits);
    const id = drafts.put("one", "a", 1, 0);
    drafts.clear();
    expect(drafts.find("one", id, 1)).toBeUndefined();
  });
});
