import { afterEach, beforeEach, expect, test } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import { seededRandom } from "../../src/bot/random.ts";
import type { OutMessage } from "../../src/channels/message.ts";
import type { ChannelName } from "../../src/channels/port.ts";
import { createBot } from "../../src/commands/app.ts";
import type { Input } from "../../src/flow/input.ts";
import { readSession } from "../../src/flow/migrations.ts";
import type { CitizenStore } from "../../src/stores/citizen-store.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { realApp, textOf } from "./real-app.ts";

const HOUR = 3_600_000;
const app = await realApp(seededRandom(1));
const keyring = ephemeralKeyring();
let store: CitizenStore;
let bot: Bot;
let now = 0;
let number = 0;

beforeEach(async () => {
  now = Date.parse("2026-11-21T12:00:00+07:00");
  store = await openSqliteStore({ file: ":memory:", keyring });
  bot = createBot(app, store, keyring, () => now);
});
afterEach(() => store.close());

function send(input: Input, chat = "c", channel: ChannelName = "telegram") {
  now += 1000;
  return bot.turn({ channel, chat, id: `i${++number}`, lang: "vi", input });
}

/** Types lines, one after the other, and gives what the last one led to. */
async function say(lines: readonly string[], chat?: string, channel?: ChannelName) {
  const receipts = [];
  for (const text of lines) receipts.push(await send({ kind: "text", text }, chat, channel));
  return receipts.at(-1) ?? expect.unreachable();
}

const CHOOSING = ["chào", "1", "cài đặt", "từ an toàn"];

function words(messages: readonly OutMessage[]): string {
  return messages.map(({ text }) => text).join("\n");
}

async function digestOf(chat: string): Promise<string | undefined> {
  const { session } = await store.load(keyring.citizenKey("telegram", chat), "");
  return readSession(session)?.me.safe_word;
}

test("a safe word is shown once; the store has its digest, another one for everybody", async () => {
  const taken = await say([...CHOOSING, "Hoa hồng vàng"]);
  expect(words(taken.messages)).toContain("“hoa hồng vàng”");
  const stored = await store.pending(keyring.citizenKey("telegram", "c"), 0);
  expect(words(stored)).not.toMatch(/hoa hồng/i);
  await say([...CHOOSING, "hoa hong vang"], "d");
  expect(await digestOf("c")).toMatch(/^[\w-]{32}$/);
  expect(await digestOf("d")).not.toBe(await digestOf("c"));
  const isHeard = (text: string, chat = "c") => bot.isSafeWord("telegram", chat, { kind: "text", text });
  expect(
    await Promise.all([isHeard("HOA HỒNG VÀNG"), isHeard("hoa hong"), isHeard("hoa hong vang", "nobody")]),
  ).toEqual([true, false, false]);
  expect((await say(["menu", "HOA HONG VANG"])).flow).toBe("exit");
  const record = await store.load(keyring.citizenKey("telegram", "c"), "");
  expect(JSON.stringify(record)).not.toMatch(/hoa h[oồ]ng/i);
});

test("a word of one's own outlives a restart, and a long pause of somebody who is remembered", async () => {
  await say([...CHOOSING, "hoa hồng vàng", "giúp"]);
  bot = createBot(app, store, keyring, () => now);
  expect((await say(["hoa hồng vàng"])).flow).toBe("exit");
  now += 300 * 24 * HOUR;
  await store.purge(now);
  expect((await say(["hoa hồng vàng"])).flow).toBe("exit");
});

test("without consent it is forgotten after a day, and the usual words still work", async () => {
  await say(["chào", "2", "cài đặt", "từ an toàn", "hoa hồng vàng"]);
  expect((await say(["hoa hồng vàng"])).flow).toBe("exit");
  now += 25 * HOUR;
  await store.purge(now);
  expect((await say(["hoa hồng vàng"])).flow).toBe("welcome");
  expect((await say(["thời tiết"])).flow).toBe("exit");
});

test("what help said and the network has not fetched yet is not handed over after leaving", async () => {
  await say(["chào", "1", "chồng tôi đánh tôi"], "w", "web");
  expect(words(await bot.pending("web", "w", 0))).toContain(textOf(app, "help.urgent.text", "vi").slice(0, 20));
  const left = await say(["thoat"], "w", "web");
  const waiting = await bot.pending("web", "w", 0);
  expect(waiting).toEqual(left.messages);
  expect(waiting[0]?.clear).toBe(true);
  await bot.tick();
  expect(await bot.pending("web", "w", 0)).toEqual(left.messages);
});

test.each(["thoát", "/thoat"])(
  "a letter that was drafted is gone after “%s”, and its answers with it",
  async (word) => {
    await say(["chào", "1", "viết đơn", "1", "1", "bỏ qua"], "w", "web");
    await say(["Nguyễn Thị Hoa"], "w", "web");
    let receipt = await say(["bỏ qua"], "w", "web");
    for (let step = 0; step < 20 && !receipt.messages.some(({ files }) => files); step++) {
      const at = receipt.messages.flatMap(({ choices }) => choices);
      receipt = await send(
        { kind: "choice", token: at.find(({ id }) => /^(?:make|skip)/.test(id))?.token ?? "" },
        "w",
        "web",
      );
    }
    const file = receipt.messages.flatMap(({ files }) => files ?? [])[0]?.id ?? expect.unreachable();
    expect(await bot.file("web", "w", file, "docx")).not.toBeNull();
    await say([word], "w", "web");
    expect(await bot.file("web", "w", file, "docx")).toBeNull();
  },
);

test("deleting everything takes the safe word along, and says what stays on this network", async () => {
  await say([...CHOOSING, "hoa hồng vàng", "giúp"]);
  const gone = await say(["xoa het", "1"]);
  expect(words(gone.messages)).toContain(textOf(app, "forget.telegram.text", "vi"));
  expect((await store.size()).citizens).toBe(0);
  expect((await say(["hoa hồng vàng"])).flow).toBe("welcome");
});
