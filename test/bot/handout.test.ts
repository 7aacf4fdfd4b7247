import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Bot } from "../../src/bot/bot.ts";
import { Drafts } from "../../src/bot/drafts.ts";
import type { Handout } from "../../src/bot/handout.ts";
import type { Composed } from "../../src/broadcast/compose.ts";
import type { ChannelName } from "../../src/channels/port.ts";
import { linkToken } from "../../src/flow/input.ts";
import type { CitizenStore, TurnCommit } from "../../src/stores/citizen-store.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore, type SqliteStore } from "../../src/stores/sqlite/store.ts";
import { fixedWorld, programWith } from "../support/flows.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const YEAR = 365 * DAY;
const RUN = "orange";
const KEEP = `{ flow: keep, version: 1, start: yes, triggers: { commands: [keep] }, nodes: { yes: { kind: set, vars: { me.keep: true }, go: on }, on: { kind: subscribe, topic: tips, go: choose }, choose: { kind: ask, choices: [{ id: a, go: "@quiz" }, { id: b, go: picked }] }, picked: { kind: ask, choices: [{ id: m, go: "@menu" }] } } }`;
const IDEA = `{ flow: idea, version: 1, start: q, triggers: { commands: [idea] }, nodes: { q: { kind: ask, free_text: { hear: words, go: sure } }, sure: { kind: ask, yes_no: { yes: send, no: "@menu" } }, send: { kind: submit, box: proposal, from: words, go: sure, harm: "@help", lost: q } } }`;
const keyring = ephemeralKeyring();

let store: SqliteStore;
let now = 0;
let commits: TurnCommit[] = [];
let bot: Bot;

beforeEach(async () => {
  now = Date.parse("2026-11-21T09:00:00+07:00");
  commits = [];
  store = await openSqliteStore({ file: ":memory:", keyring });
  onTestFinished(() => store.close());
  bot = newBot();
});

function newBot(): Bot {
  const watched: CitizenStore = {
    ...store,
    commit: (turn) => {
      commits.push(turn);
      return store.commit(turn);
    },
  };
  return new Bot({
    program: programWith(KEEP, IDEA),
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
function say(words: string, channel: ChannelName = "telegram") {
  now += 1000;
  const input = words.startsWith("::")
    ? { kind: "choice" as const, token: words }
    : { kind: "text" as const, text: words };
  return bot.turn({ channel, chat: "7", id: `i${++number}`, input });
}

const COMPOSED: Composed = {
  message: {
    text: "Chào",
    choices: [],
    exits: ["menu", "help"],
    calls: [],
    links: [],
    expects: "choice",
    clear: false,
  },
  offers: [{ id: "quiz", label: "Chơi đố vui", token: linkToken("quiz") }],
};

/** Plans everybody who is subscribed. */
async function plan(): Promise<void> {
  await store.ledger.begin(RUN, now);
  while (!(await store.ledger.plan(RUN, 100, () => "planned"))) now += 1;
}

function handout(changes: Partial<Handout> = {}, channel: ChannelName = "telegram"): Handout {
  const key = keyring.citizenKey(channel, "7");
  return { run: RUN, key, channel, topics: ["tips"], isMeant: () => true, compose: () => COMPOSED, ...changes };
}

async function rows(): Promise<string[]> {
  return (await store.ledger.tally(RUN)).map(({ state, why, n }) => [state, why, n].filter(Boolean).join(" "));
}

/** Somebody who subscribed, wrote `words` last, and is planned. */
async function somebody(words: readonly string[] = [], channel: ChannelName = "telegram"): Promise<number> {
  await say("menu", channel);
  await say("/keep", channel);
  for (const one of words) await say(one, channel);
  await plan();
  return now;
}

describe("a broadcast", () => {
  test("is claimed in one commit, with what can be chosen below it", async () => {
    const last = await somebody();
    now += 10 * MINUTE;
    expect(await bot.handOut(handout())).toEqual({ kind: "claimed", message: COMPOSED.message, lang: "vi" });
    expect(await rows()).toEqual(["sending 1"]);
    expect(commits.at(-1)).toMatchObject({
      inputId: "",
      at: last,
      expiresAt: last + YEAR,
      messages: [],
      session: { at: last, offers: COMPOSED.offers, frames: [{ flow: "keep", node: "choose" }] },
    });
  });

  test("waits in the outbox where people fetch their messages", async () => {
    await somebody([], "web");
    now += 10 * MINUTE;
    expect(await bot.handOut(handout({}, "web"))).toMatchObject({ kind: "claimed" });
    expect(await rows()).toEqual(["sent 1"]);
    const waiting = await bot.pending("web", "7", 0);
    expect(waiting.at(-1)?.text).toBe("Chào");
  });

  test("is composed in the person's language, for their channel and with the topic they subscribed to", async () => {
    await somebody();
    now += 10 * MINUTE;
    const asked: unknown[] = [];
    const compose: Handout["compose"] = (lang, { channel }, topic) => {
      asked.push([lang, channel, topic]);
      return COMPOSED;
    };
    await bot.handOut(handout({ compose, topics: ["quizzes", "campaign", "tips"] }));
    expect(asked).toEqual([["vi", "telegram", "tips"]]);
  });

  test("comes once, also when two processes or the same one try again", async () => {
    await somebody();
    now += 10 * MINUTE;
    const both = await Promise.all([bot.handOut(handout()), bot.handOut(handout())]);
    expect(both.map(({ kind }) => kind)).toEqual(["claimed", "gone"]);
    expect(await newBot().handOut(handout())).toEqual({ kind: "gone" });
    expect(await rows()).toEqual(["sending 1"]);
  });

  test("reaches nobody who deleted everything meanwhile, and makes nobody known again", async () => {
    await somebody();
    await say("xóa hết");
    await bot.turn({ channel: "telegram", chat: "7", id: "wipe", input: { kind: "choice", token: "forget:sure:yes" } });
    expect(await bot.handOut(handout())).toEqual({ kind: "gone" });
    expect((await store.size()).citizens).toBe(0);
  });
});

describe("“1”", () => {
  test("after a broadcast is its first choice, and afterwards the old question's again", async () => {
    await somebody();
    now += 10 * MINUTE;
    await bot.handOut(handout());
    expect((await say("1")).flow).toBe("quiz");
    await say("/keep");
    expect((await say("2")).node).toBe("picked");
  });

  test("after other words is the old question's", async () => {
    await somebody();
    now += 10 * MINUTE;
    await bot.handOut(handout());
    expect((await say("chưa rõ")).node).toBe("choose");
    expect((await say("2")).node).toBe("picked");
  });

  test("is its first choice after a restart too", async () => {
    await somebody();
    now += 10 * MINUTE;
    await bot.handOut(handout());
    bot = newBot();
    expect((await say("1")).flow).toBe("quiz");
  });

  test("is the old question's where the broadcast was never sent", async () => {
    await somebody();
    now += 10 * MINUTE;
    await bot.handOut(handout({ isMeant: () => false }));
    expect((await say("2")).node).toBe("picked");
  });
});

describe("nothing pushes into", () => {
  test("a conversation: five minutes after the last word it may come", async () => {
    const last = await somebody();
    now = last + 4 * MINUTE;
    expect(await bot.handOut(handout())).toEqual({ kind: "later", at: last + 5 * MINUTE });
    expect(await rows()).toEqual(["planned 1"]);
    now = last + 5 * MINUTE;
    expect(await bot.handOut(handout())).toMatchObject({ kind: "claimed" });
  });

  test.each(["giúp", "tôi bị đánh", "thoát"])("what follows “%s”, for as long as that lasts", async (words) => {
    const last = await somebody([words]);
    now = last + 14 * MINUTE;
    const later = await bot.handOut(handout());
    expect(later.kind).toBe("later");
    expect(await rows()).toEqual(["planned 1"]);
    now = later.kind === "later" ? later.at : now;
    expect(await bot.handOut(handout())).toMatchObject({ kind: "claimed" });
  });

  test("help that something else stands on", async () => {
    const last = await somebody(["giúp", "xóa hết"]);
    now = last + 6 * MINUTE;
    expect(await bot.handOut(handout())).toEqual({ kind: "later", at: last + 15 * MINUTE + 1 });
  });

  test("and help is one word away afterwards", async () => {
    await somebody();
    now += 10 * MINUTE;
    await bot.handOut(
      handout({ compose: () => ({ ...COMPOSED, offers: [{ id: "x", label: "giúp", token: "::menu" }] }) }),
    );
    expect((await say("giúp")).flow).toBe("help");
  });
});

test("somebody whose session cannot be read waits, and keeps what is stored", async () => {
  const last = await somebody();
  const session = { v: 99, topics: ["tips"], me: {}, at: last };
  const held = commits.at(-1);
  if (held === undefined) throw new Error("nothing was committed");
  await store.commit({ ...held, inputId: "", session });
  now += 10 * MINUTE;
  expect(await bot.handOut(handout())).toEqual({ kind: "later", at: now + 60 * MINUTE });
  expect((await store.load(held.key, "")).session).toEqual(session);
  expect(await rows()).toEqual(["planned 1"]);
});

describe("it is skipped, and the ledger says why, for whoever", () => {
  test("stopped these messages", async () => {
    await somebody();
    await say("dừng");
    now += 10 * MINUTE;
    expect(await bot.handOut(handout())).toEqual({ kind: "skip", why: "unsubscribed" });
    expect(await rows()).toEqual(["skipped unsubscribed 1"]);
  });

  test("is no longer meant", async () => {
    await somebody();
    now += 10 * MINUTE;
    const seen: unknown[] = [];
    const isMeant: Handout["isMeant"] = (person) => {
      seen.push(person);
      return false;
    };
    expect(await bot.handOut(handout({ isMeant }))).toEqual({ kind: "skip", why: "unsubscribed" });
    expect(seen).toEqual([{ topics: ["tips"], channel: "telegram", lang: undefined, place: undefined }]);
    expect(await rows()).toEqual(["skipped unsubscribed 1"]);
  });

  test("wrote too long ago for the network's window", async () => {
    const last = await somebody([], "zalo-oa");
    now = last + 7 * DAY;
    expect(await bot.handOut(handout({}, "zalo-oa"))).toEqual({ kind: "skip", why: "window-closed" });
    expect(await rows()).toEqual(["skipped window-closed 1"]);
  });

  test("would be shown nothing", async () => {
    await somebody();
    now += 10 * MINUTE;
    expect(await bot.handOut(handout({ compose: () => null }))).toEqual({ kind: "skip", why: "aborted" });
    expect(commits.at(-1)).toMatchObject({ messages: [], session: { frames: [{ flow: "keep" }] } });
    expect(commits.at(-1)?.session).not.toHaveProperty("offers");
  });
});

describe("what only memory holds", () => {
  test("is still there after a broadcast, and no longer than without it", async () => {
    const last = await somebody(["/idea", "thêm loa"]);
    now = last + 10 * MINUTE;
    expect(await bot.handOut(handout({ compose: () => ({ ...COMPOSED, offers: [] }) }))).toMatchObject({
      kind: "claimed",
    });
    expect(JSON.stringify(commits)).not.toContain("loa");
    await say("có");
    await say("1");
    expect((await store.submissions()).map(({ text }) => text)).toEqual(["thêm loa"]);
  });
});

test("nothing that the bot does by itself keeps anybody longer", async () => {
  now += 1000;
  await bot.turn({ channel: "telegram", chat: "9", id: "h", input: { kind: "text", text: "giúp" } });
  const last = now;
  now += 16 * MINUTE;
  await bot.tick();
  expect(commits.at(-1)).toMatchObject({ inputId: "", at: last, expiresAt: last + DAY });
});
