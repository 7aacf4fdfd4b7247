import type { Route } from "playwright-core";
import { expect, test } from "vitest";
import { openPage } from "../support/browser.ts";
import { FakeBot } from "./fake-bot.ts";
import { useBrowser, useCleanup } from "./stage.ts";
import { startWeb, webTexts } from "./start-web.ts";
import { widgetOf } from "./widget.ts";

const browser = useBrowser();
const cleanup = useCleanup();
const { offline: OFFLINE = "", trouble: TROUBLE = "", busy: BUSY = "", not_sent: NOT_SENT = "" } = webTexts("vi");

async function open(bot = new FakeBot()) {
  const web = await startWeb({}, bot);
  const opened = await openPage(browser(), web.url);
  const chat = widgetOf(opened.page);
  await chat.choice("Đố vui").waitFor();
  return { web, bot, chat, ...opened };
}

test("the server is gone and comes back: what was typed meanwhile arrives once, in order", async () => {
  const { web, bot, chat, page } = await open();
  await web.close();
  await chat.say("một");
  await chat.say("hai");
  await chat.status.getByText(TROUBLE).waitFor();
  expect(await page.getByRole("link", { name: "Gọi nơi giúp" }).isVisible()).toBe(true);
  const again = await startWeb({ port: web.port }, bot);
  cleanup(() => again.close());
  await chat.said("Bạn viết: hai").waitFor();
  expect(bot.texts).toEqual(["một", "hai"]);
  expect(await chat.log.locator(".bubble").allInnerTexts()).toEqual([
    ...["An Tâm:\n\nChào bạn. Mình là An Tâm.", "An Tâm:\n\nBạn muốn làm gì?"],
    ...["Bạn:\n\nmột", "An Tâm:\n\nBạn viết: một", "Bạn:\n\nhai", "An Tâm:\n\nBạn viết: hai"],
  ]);
  await expect.poll(() => chat.status.innerText()).toBe("");
});

test("a lost answer is asked for again: one effect, one reply on the screen", async () => {
  const { web, bot, chat, page } = await open();
  cleanup(() => web.close());
  let lost = 0;
  const loseAnswer = async (route: Route) => {
    await route.fetch();
    lost++;
    await route.abort("connectionreset");
  };
  await page.route("**/api/chat", loseAnswer, { times: 1 });
  await chat.say("một lần thôi");
  await chat.said("Bạn viết: một lần thôi").waitFor();
  expect([lost, bot.calls, bot.texts]).toEqual([1, 3, ["một lần thôi"]]);
  expect(await chat.said("Bạn viết: một lần thôi").count()).toBe(1);
});

test("without a network the message waits and says so; with it, it is sent at once", async () => {
  const { web, bot, chat, context } = await open();
  cleanup(() => web.close());
  await context.setOffline(true);
  await chat.say("mất mạng rồi");
  await chat.status.getByText(OFFLINE).waitFor();
  expect(bot.texts).toEqual([]);
  await context.setOffline(false);
  await chat.said("Bạn viết: mất mạng rồi").waitFor();
  expect(bot.texts).toEqual(["mất mạng rồi"]);
});

test("a busy store is tried again after the time it asked for", async () => {
  const { web, bot, chat, page } = await open();
  cleanup(() => web.close());
  const busy = (route: Route) => route.fulfill({ status: 503, headers: { "retry-after": "1" }, json: {} });
  await page.route("**/api/chat", busy, { times: 1 });
  await chat.say("chờ chút");
  await chat.said("Bạn viết: chờ chút").waitFor();
  expect(bot.texts).toEqual(["chờ chút"]);
});

test("a message that will never be taken is marked, explained, and the next one goes through", async () => {
  const { web, bot, chat, page } = await open();
  cleanup(() => web.close());
  const refuse = (route: Route) =>
    route.fulfill({ status: 413, json: { error: { code: "too_long", message: "Tin này dài quá." } } });
  await page.route("**/api/chat", refuse, { times: 1 });
  await chat.say("dài");
  await chat.status.getByText("Tin này dài quá.").waitFor();
  expect(await chat.log.locator(".me").innerText()).toContain("Tin này chưa gửi được.");
  await chat.say("ngắn");
  await chat.said("Bạn viết: ngắn").waitFor();
  expect(bot.texts).toEqual(["ngắn"]);
});

test("the widget waits for a server that is not there yet when the page opens", async () => {
  const { web, bot, chat, page } = await open();
  await page.route("**/api/config", (route) => route.abort("connectionrefused"), { times: 1 });
  cleanup(() => web.close());
  await page.reload();
  await chat.said("Chào bạn trở lại.").waitFor();
  expect(bot.inputs).toHaveLength(2);
});

test("help does not wait behind an input that is held back for sending too fast", async () => {
  const { web, bot, chat, page } = await open();
  cleanup(() => web.close());
  const limit = (route: Route) => route.fulfill({ status: 429, headers: { "retry-after": "60" }, json: {} });
  await page.route("**/api/chat", limit, { times: 1 });
  await chat.say("nhanh quá");
  await chat.status.getByText(BUSY).waitFor();
  await chat.say("giúp tôi");
  await chat.help.click();
  await chat.said("Bạn có thể gọi.").waitFor();
  await chat.said("Bạn viết: nhanh quá").waitFor();
  expect(bot.texts.toSorted()).toEqual(["giúp tôi", "nhanh quá"]);
});

test("an input that breaks the server again and again does not hold up what follows", async () => {
  const { web, bot, chat, page } = await open();
  cleanup(() => web.close());
  await page.clock.install();
  await page.route("**/api/chat", async (route) => {
    if (route.request().postData()?.includes("hỏng")) await route.fulfill({ status: 500, json: {} });
    else await route.continue();
  });
  await chat.say("hỏng");
  await chat.say("lành");
  await expect
    .poll(async () => {
      await page.clock.runFor(5_000);
      return bot.texts;
    })
    .toEqual(["lành"]);
  expect(await chat.log.locator(".me").first().innerText()).toContain(NOT_SENT);
});
