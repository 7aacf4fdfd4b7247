import { expect, test } from "vitest";
import { openPage } from "../support/browser.ts";
import { useBrowser, useCleanup } from "./stage.ts";
import { startWeb } from "./start-web.ts";
import { savedIn, widgetOf } from "./widget.ts";

const browser = useBrowser();
const cleanup = useCleanup();
const EXIT = "https://weather.example/today";

async function open() {
  const web = await startWeb({ exitUrl: EXIT });
  cleanup(() => web.close());
  const opened = await openPage(browser(), "about:blank");
  await opened.page.goto("https://before.example/");
  await opened.page.goto(web.url);
  const chat = widgetOf(opened.page);
  await chat.say("chuyện riêng");
  await chat.said("Bạn viết: chuyện riêng").waitFor();
  return { web, chat, ...opened };
}

type Opened = Awaited<ReturnType<typeof open>>;

const WAYS: readonly { name: string; leave: (opened: Opened) => Promise<void> }[] = [
  { name: "the button", leave: ({ chat }) => chat.exit.click() },
  {
    name: "Escape pressed three times, also while typing",
    leave: async ({ page, chat }) => {
      await chat.input.fill("đang viết dở");
      for (let i = 0; i < 3; i++) await page.keyboard.press("Escape");
    },
  },
];

test.each(WAYS)("$name leaves at once and leaves nothing behind", async ({ leave }) => {
  const opened = await open();
  const { page, web } = opened;
  const token = (await savedIn(page, "sessionStorage"))?.token;
  await leave(opened);
  await page.waitForURL(EXIT);
  await expect.poll(() => web.bot.forgotten).toEqual([token]);
  await page.goBack();
  expect(page.url()).toBe("https://before.example/");
  await page.goto(`${web.url}/healthz`);
  expect([await savedIn(page, "sessionStorage"), await savedIn(page, "localStorage")]).toEqual([null, null]);
});

test("quick exit also forgets a person who chose to stay known", async () => {
  const { page, web, chat } = await open();
  web.bot.keep = true;
  await chat.say("nhớ mình nhé");
  await expect.poll(() => savedIn(page, "localStorage")).not.toBeNull();
  await chat.exit.click();
  await page.waitForURL(EXIT);
  await page.goto(`${web.url}/healthz`);
  expect(await savedIn(page, "localStorage")).toBeNull();
});

test("the screen is empty even when the other page does not come", async () => {
  const { page, context, chat } = await open();
  await context.route(EXIT, (route) => route.fulfill({ status: 204 }));
  await chat.exit.click();
  expect(await page.evaluate("document.body.innerText + document.body.childElementCount")).toBe("0");
});

test("the address left for does not learn where the person came from", async () => {
  const { page, chat } = await open();
  const asked = page.waitForRequest(EXIT);
  await chat.exit.click();
  expect(await (await asked).headerValue("referer")).toBeNull();
});

test("two presses of Escape, or three slow ones, do not leave", async () => {
  const { page, web, chat } = await open();
  await page.clock.install();
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press("Escape");
    await page.clock.fastForward(800);
  }
  await chat.exit.waitFor();
  expect(page.url()).toBe(`${web.url}/`);
});

test("before the widget has loaded, the page already has the way out", async () => {
  const web = await startWeb({ exitUrl: EXIT });
  cleanup(() => web.close());
  const { page } = await openPage(browser(), web.url, { javaScriptEnabled: false });
  expect(await page.locator("noscript p").first().isVisible()).toBe(true);
  expect(await page.locator("noscript a").getAttribute("href")).toBe("tel:0000000000");
  await page.getByRole("link", { name: "Thoát nhanh" }).click();
  await page.waitForURL(EXIT);
});
