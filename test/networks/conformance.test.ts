import { expect, test } from "vitest";
import type { Phone } from "../support/networks/network.ts";
import { NETWORKS, type NetworkName, ROOMY } from "../support/networks/rig.ts";
import { answerTo, expectNoRefusals, linesOf, type Stage, until } from "./system/stage.ts";
import { stageForTest } from "./system/stage-for-test.ts";

/** What people type, by number or keyword, to see many kinds of screens: letters, quizzes, places, long lists. */
const TALKS: readonly (readonly string[])[] = [
  ["giúp", "2", "1", "1", "Quảng Ninh", "/xoa", "1"],
  ["help", "1", "menu", "english", "tips", "1"],
  ["viết đơn", "1", "2", "giúp", "thời tiết"],
  ["đố vui", "1", "1", "2", "1", "3"],
  ["em bị lộ ảnh nóng, họ dọa tung lên mạng", "1", "1", "2", "Cần Thơ"],
  ["mẹo", "1", "2", "tháng hành động", "1", "2"],
  ["báo cáo", "1", "2", "1", "Hà Nội"],
  ["cài đặt", "1", "2", "settings", "5", "2"],
  ["đề xuất", "2", "Thêm đèn đường", "1", "stop"],
];
const ODD_ACTS = ["sticker", "photo", "voice", "unsupported"] as const;

function talk(phone: Phone, index: number): void {
  phone.start();
  for (const text of TALKS[index] ?? []) phone.type(text);
  phone[ODD_ACTS[index % ODD_ACTS.length] ?? "sticker"]();
  phone.location(21.03, 105.85);
}

const people = (stage: Stage, name: NetworkName): readonly Phone[] =>
  TALKS.map((_, i) => stage.phone(name, `Người ${i}`));

/** Whether nothing is on its way in either direction. */
async function isQuiet(stage: Stage): Promise<boolean> {
  if (NETWORKS.some((name) => stage.network(name).waiting() > 0)) return false;
  const figures = await (await fetch(`${stage.bot.address}/metrics`)).text();
  return NETWORKS.every((name) => figures.includes(`antam_waiting_chats{channel="${name}"} 0`));
}

test("whatever people do, the bot makes no call that a network refuses, and nothing goes wrong", async () => {
  const stage = await stageForTest({ ...ROOMY, zaloOa: { freeReplies: 1_000 } });
  await Promise.all(NETWORKS.map((name) => answerTo(stage.phone(name, "Người đầu"), ({ start }) => start())));
  for (const name of NETWORKS) for (const [i, phone] of people(stage, name).entries()) talk(phone, i);
  await until("everybody to have all answers", () => isQuiet(stage), 30_000);
  for (const name of NETWORKS) for (const phone of people(stage, name)) expect(phone.received()).not.toEqual([]);
  expect([...stage.telegram.calls.keys()]).toEqual(expect.arrayContaining(["sendMessage", "deleteMessages"]));
  expect(linesOf(stage.bot.output()).filter(({ level }) => level >= 40)).toEqual([]);
  const asked = performance.now();
  expect(await stage.bot.stop()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(2_000);
});

test("a call that a network refuses is found", async () => {
  const stage = await stageForTest({}, /chat not found/);
  await fetch(`${stage.telegram.root}/bot${stage.telegram.token}/sendMessage`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chat_id: 1, text: "xin chào" }),
  });
  expect(() => expectNoRefusals(stage)).toThrow(/telegram sendMessage: 400/);
});
