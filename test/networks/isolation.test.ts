import { expect, test } from "vitest";
import { ROOMY } from "../support/networks/rig.ts";
import { isNear, measureIsolation } from "./system/reply-times.ts";
import { answerTo, until } from "./system/stage.ts";
import { stageForTest } from "./system/stage-for-test.ts";

test("a Zalo network that is slow or dead does not delay an answer on Telegram", { retry: 1 }, async () => {
  const stage = await stageForTest(ROOMY);
  const times = await measureIsolation(stage, 100);
  const { alone, slow, dead } = times;
  expect([alone.count, slow.count, dead.count]).toEqual([100, 100, 100]);
  // Other tests take turns at holding up this machine; what is looked for would be ten seconds. The soak is strict.
  const more = { median: 500, p99: 2_000 };
  expect([isNear(slow, alone, more), isNear(dead, alone, more)], JSON.stringify(times)).toEqual([true, true]);
});

test("a chat that has to wait does not delay another one", async () => {
  const stage = await stageForTest();
  const [busy, calm] = [stage.phone("telegram", "Bận"), stage.phone("telegram", "Rảnh")];
  for (let i = 0; i < 8; i++) busy.type("menu");
  await until("the burst", () => busy.received().length >= 3);
  const asked = Date.now();
  const { at } = await answerTo(calm, (phone) => phone.type("giúp"));
  expect(at - asked).toBeLessThan(500);
  expect(busy.received().length).toBeLessThan(6);
});

test("a chat that the network asks to pause does not delay another one", async () => {
  const stage = await stageForTest();
  const [paused, calm] = [stage.phone("telegram", "Chờ"), stage.phone("telegram", "Rảnh")];
  stage.telegram.faults.tooMany = 1;
  paused.type("menu");
  const asksForPause = async () => {
    const figures = await (await fetch(`${stage.bot.address}/metrics`)).text();
    return /^antam_retry_after_seconds_count\{channel="telegram"\} 1$/m.test(figures);
  };
  await until("a pause", asksForPause);
  stage.telegram.faults.tooMany = 0;
  const asked = Date.now();
  const { at } = await answerTo(calm, (phone) => phone.type("menu"));
  expect([at - asked < 500, paused.received().length]).toEqual([true, 0]);
  await until("the answer after the pause", () => paused.received().length === 1);
});
