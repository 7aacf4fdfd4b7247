import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Bot } from "../../src/bot/bot.ts";
import { Drafts } from "../../src/bot/drafts.ts";
import type { Inbound } from "../../src/channels/port.ts";
import type { Input } from "../../src/flow/input.ts";
import type { CitizenStore, TurnCommit } from "../../src/stores/citizen-store.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { fixedWorld, programWith } from "../support/flows.ts";

const MINUTE = 60_000;
const BOX = `{ flow: box, version: 1, start: q, triggers: { commands: [box] }, nodes: { q: { kind: ask, free_text: { hear: idea, go: sure } }, sure: { kind: ask, yes_no: { yes: send, no: "@menu" } }, send: { kind: submit, box: proposal, from: idea, go: thanks, harm: "@help", lost: q }, thanks: { kind: count, count: sent, go: end }, end: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;

let store: CitizenStore;
let now = 0;
let commits: TurnCommit[] = [];
const keyring = ephemeralKeyring();

beforeEach(async () => {
  now = Date.parse("2026-11-21T09:00:00+07:00");
  commits = [];
  store = await openSqliteStore({ file: ":memory:", keyring });
});
afterEach(() => store.close());

function newBot(): Bot {
  const watched: CitizenStore = {
    ...store,
    commit: (turn) => {
      commits.push(turn);
      return store.commit(turn);
    },
  };
  return new Bot({
    program: programWith(BOX),
    say: (ref, lang) => ("key" in ref ? ref.key : ref[lang]),
    store: watched,
    drafts: new Drafts(() => null),
    keyOf: (channel, chat) => keyring.citizenKey(channel, chat),
    worldAt: (at) => fixedWorld({ now: at, random: () => 0.999 }),
    now: () => now,
    provinceOf: (place) => place,
  });
}

let number = 0;
function send(bot: Bot, input: Input, id = `i${++number}`, chat = "c") {
  now += 1000;
  return bot.turn({ channel: "web", chat, id, lang: "vi", input });
}
const text = (words: string): Input => ({ kind: "text", text: words });

describe("a turn", () => {
  test("has its effect once, however often the network repeats it", async () => {
    const bot = newBot();
    await send(bot, { kind: "start" });
    await send(bot, text("đố vui"), "same");
    const again = await send(bot, text("đố vui"), "same");
    expect(again.duplicate).toBe(true);
    expect(again.flow).toBe("quiz");
    expect(again.messages.at(-1)?.text).toContain("engine.quiz_question");
    expect(commits).toHaveLength(2);
  });

  test("of one citizen waits for the one before; numbers have no gaps", async () => {
    const bot = newBot();
    const receipts = await Promise.all([
      send(bot, { kind: "start" }),
      send(bot, text("đố vui")),
      send(bot, text("1")),
      send(bot, text("1")),
      send(bot, text("1")),
    ]);
    expect(receipts.at(-1)?.node).toBe("done");
    const seqs = receipts.flatMap((receipt) => receipt.messages.map((message) => message.seq));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  test("counts a flow once when it begins, and what the flow counts", async () => {
    const bot = newBot();
    await send(bot, { kind: "start" });
    await send(bot, text("/quiz"));
    await send(bot, text("1"));
    const counts = await store.counts("2026-11-21", "2026-11-21");
    expect(counts.map(({ flow, count, n }) => `${flow} ${count} ${n}`).sort()).toEqual([
      "quiz start 1",
      "welcome start 1",
    ]);
  });
});

describe("what a person typed", () => {
  test("is in no commit until they agree, and then apart from them", async () => {
    const bot = newBot();
    await send(bot, { kind: "start" });
    await send(bot, text("/box"));
    await send(bot, text("thêm loa phường"));
    expect(JSON.stringify(commits)).not.toContain("loa");
    await send(bot, text("1"));
    expect(commits.at(-1)?.submissions).toEqual([{ box: "proposal", text: "thêm loa phường", day: "2026-11-21" }]);
    expect(JSON.stringify({ ...commits.at(-1), submissions: [] })).not.toContain("loa");
  });

  test("is asked for again after a restart", async () => {
    await send(newBot(), { kind: "start" });
    await send(newBot(), text("/box"));
    await send(newBot(), text("thêm loa phường"));
    expect((await send(newBot(), text("1"))).node).toBe("q");
    expect(await store.submissions()).toEqual([]);
  });
});

describe("help", () => {
  test("stores its position only, and works on after a restart", async () => {
    const bot = newBot();
    await send(bot, { kind: "start" });
    await send(bot, text("tôi bị đánh"));
    await send(bot, { kind: "choice", token: "help:talk:yes" });
    await send(bot, text("tôi bị đánh"));
    const saved = JSON.stringify(commits.at(-1)?.session);
    expect(saved).toContain('"where"');
    expect(saved).not.toContain("domestic");
    const receipt = await send(newBot(), text("Quảng Ninh"));
    expect(receipt.node).toBe("next");
  });

  test("keeps the answers in memory while the conversation lasts", async () => {
    const bot = newBot();
    await send(bot, text("giúp"));
    await send(bot, text("1"));
    await send(bot, text("tôi bị đánh"));
    const receipt = await send(bot, text("Quảng Ninh"));
    expect(receipt.messages.map((m) => m.text).join()).toContain("Nơi giúp");
    expect(commits.at(-1)?.session).toMatchObject({ frames: [{ flow: "help", vars: {} }] });
  });

  test("is forgotten by itself after its time, without a word", async () => {
    const bot = newBot();
    await send(bot, text("giúp"));
    expect(commits.at(-1)?.wakeAt).toBe(now + 15 * MINUTE + 1);
    now += 16 * MINUTE;
    await bot.tick();
    expect(commits.at(-1)).toMatchObject({ messages: [], session: { frames: [] } });
  });
});

test("forgetting leaves nothing, and the next word is a stranger's", async () => {
  const bot = newBot();
  await send(bot, { kind: "start" });
  await send(bot, text("xóa hết"));
  const gone = await send(bot, { kind: "choice", token: "forget:sure:yes" });
  expect(gone.messages.at(-1)?.text).toContain("forget.done.text");
  expect((await store.size()).citizens).toBe(0);
  expect((await send(bot, text("chào"))).flow).toBe("welcome");
  await bot.forget("web", "c");
  expect((await store.size()).citizens).toBe(0);
});

test("a stranger who did not agree is kept two hours on the web; who did, a year", async () => {
  const bot = newBot();
  await send(bot, { kind: "start" });
  expect(commits.at(-1)?.expiresAt).toBe(now + 120 * MINUTE);
});

describe("on a network that is pushed to", () => {
  const CHAT = "700001";
  const act = (bot: Bot, input: Input, more: Partial<Inbound> = {}) => {
    now += 1000;
    return bot.turn({ channel: "telegram", chat: CHAT, id: `i${++number}`, lang: "vi", input, ...more });
  };
  const key = keyring.citizenKey("telegram", CHAT);

  test("the address is kept for the messages of the clock, and deleted with the person", async () => {
    const bot = newBot();
    await act(bot, { kind: "start" });
    expect(await store.addressee(key)).toEqual({ channel: "telegram", address: CHAT, at: now });
    expect(await store.backlog()).toEqual([{ channel: "telegram", address: CHAT, at: now }]);
    await act(bot, text("xóa hết"));
    const { parting } = await act(bot, { kind: "choice", token: "forget:sure:yes" });
    expect(parting).toBe(true);
    expect(await store.addressee(key)).toBeNull();
  });

  test("quick exit takes back what waits and takes off the screen what both sides wrote", async () => {
    const bot = newBot();
    await act(bot, { kind: "start" }, { messageId: "m1" });
    await store.settle(key, 1, { trail: ["m2"], at: now, counts: [] });
    await act(bot, text("giúp"), { messageId: "m3" });
    const { messages } = await act(bot, text("thoát"), { messageId: "m4" });
    expect(messages[0]).toMatchObject({ clear: true, erases: ["m1", "m2", "m3", "m4"] });
    const waiting = await bot.pending("telegram", CHAT, 0);
    expect(waiting.map(({ seq }) => seq)).toEqual(messages.map(({ seq }) => seq));
  });

  test("deleting everything does so too, although the person is not known any more", async () => {
    const bot = newBot();
    await act(bot, { kind: "start" }, { messageId: "m1" });
    await act(bot, text("xóa hết"), { messageId: "m2" });
    const { messages } = await act(bot, { kind: "choice", token: "forget:sure:yes" });
    expect(messages[0]).toMatchObject({ clear: true, erases: ["m1", "m2"] });
    expect(await store.trail(key, 0)).toEqual([]);
  });

  test("a reply takes the place of the question that was pressed", async () => {
    const bot = newBot();
    await act(bot, { kind: "start" });
    const { messages } = await act(bot, { kind: "choice", token: "welcome:hello:go" }, { replaces: "m9" });
    expect(messages[0]?.replaces).toBe("m9");
  });

  test("who blocked the bot gets nothing more, is in no flow and subscribed to nothing", async () => {
    const bot = newBot();
    await act(bot, { kind: "start" });
    await act(bot, text("giúp"));
    await act(bot, { kind: "left" });
    expect(commits.at(-1)).toMatchObject({ messages: [], wakeAt: null, session: { frames: [], topics: [] } });
    expect(await store.backlog()).toEqual([]);
  });

  test("a poster is counted where it hangs, and not with the person", async () => {
    const bot = newBot();
    await act(bot, { kind: "start", payload: "quiz_22" });
    await act(bot, { kind: "start", payload: "_99" });
    const counts = await store.counts("2026-11-21", "2026-11-21");
    expect(counts.filter(({ flow }) => flow === "poster")).toEqual([
      { day: "2026-11-21", flow: "poster", node: "22", count: "start", channel: "telegram", province: "22", n: 1 },
    ]);
    expect(JSON.stringify(commits.map(({ session }) => session))).not.toContain('"22"');
  });
});
