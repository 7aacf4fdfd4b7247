import { expect, test } from "vitest";
import { openPage } from "../support/browser.ts";
import { FakeBot, message } from "./fake-bot.ts";
import { useBrowser, useCleanup } from "./stage.ts";
import { startWeb } from "./start-web.ts";
import { inWidget, savedIn, widgetOf } from "./widget.ts";

const browser = useBrowser();
const cleanup = useCleanup();

async function open(bot = new FakeBot(), path = "/") {
  const web = await startWeb({}, bot);
  cleanup(() => web.close());
  const opened = await openPage(browser(), `${web.url}${path}`);
  const chat = widgetOf(opened.page);
  await chat.log.waitFor();
  return { web, bot, chat, ...opened };
}

test("a person presses a choice, types, and asks for help: one input each, own words at once", async () => {
  const { page, bot, chat } = await open();
  await chat.choice("Đố vui").click();
  await chat.said("Câu tiếp theo.").waitFor();
  expect(await chat.choice("Đố vui").count()).toBe(0);
  await page.getByRole("textbox").fill("xin chào");
  await page.getByRole("button", { name: "Gửi" }).click();
  await chat.said("Bạn viết: xin chào").waitFor();
  await chat.help.click();
  const call = page.getByRole("link", { name: "Gọi nơi giúp" });
  await call.waitFor();
  expect(await call.getAttribute("href")).toBe("tel:0000000000");
  expect(await chat.log.locator(".me").allInnerTexts()).toEqual([
    "Bạn:\n\nĐố vui",
    "Bạn:\n\nxin chào",
    "Bạn:\n\nTrợ giúp",
  ]);
  expect(bot.inputs.map(({ input }) => input)).toEqual([
    { kind: "start" },
    { kind: "choice", token: "talk:menu:Đố vui" },
    { kind: "text", text: "xin chào" },
    { kind: "choice", token: "::help" },
  ]);
});

test("the whole conversation works with the keyboard alone, and focus goes to what is new", async () => {
  const { page, bot, chat } = await open();
  await chat.choice("Đố vui").focus();
  await page.keyboard.press("Enter");
  await chat.said("Câu tiếp theo.").waitFor();
  await page.keyboard.press("Tab");
  expect(await inWidget(page, "root.activeElement.textContent")).toBe("Đúng");
  await page.keyboard.press("Space");
  await expect.poll(() => bot.inputs.length).toBe(3);
  await chat.input.focus();
  await page.keyboard.type("dòng một");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("dòng hai");
  await page.keyboard.press("Enter");
  await expect.poll(() => bot.texts).toEqual(["dòng một\ndòng hai"]);
});

test("pressing a choice twice sends it once", async () => {
  const { bot, chat } = await open();
  await chat.choice("Đố vui").dblclick();
  await chat.said("Câu tiếp theo.").waitFor();
  expect(bot.inputs).toHaveLength(2);
});

test("an empty text is not sent and markup stays text", async () => {
  const { chat, bot, page, complaints } = await open();
  await chat.say("   ");
  await chat.say("<img src=x onerror=alert(1)>");
  await chat.said("Bạn viết: <img src=x onerror=alert(1)>").waitFor();
  expect(bot.texts).toEqual(["<img src=x onerror=alert(1)>"]);
  expect(await page.locator("#log img").count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("the input field neither completes, checks spelling elsewhere, nor takes more than the bot reads", async () => {
  const { chat } = await open();
  const attributes = await Promise.all(
    ["autocomplete", "spellcheck", "maxlength", "name"].map((name) => chat.input.getAttribute(name)),
  );
  expect(attributes).toEqual(["off", "false", "4000", null]);
});

test("English is one press away and stays after the page is loaded again", async () => {
  const { page, bot, chat } = await open();
  await chat.choice("Đố vui").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await chat.said("I speak English now.").waitFor();
  expect(bot.inputs.at(-1)).toMatchObject({ lang: "en", input: { kind: "text", text: "/lang-en" } });
  await page.reload();
  await chat.said("Welcome back.").waitFor();
  await page.getByRole("button", { name: "Quick exit" }).waitFor();
  expect(await page.locator("an-tam-chat").getAttribute("lang")).toBe("en");
});

test("the page opens in English with ?lang=en", async () => {
  const { chat } = await open(new FakeBot(), "/?lang=en");
  await chat.said("Hello. This is An Tâm.").waitFor();
});

test("after a reload the same person goes on, and nothing shown before is shown again", async () => {
  const { page, bot, chat } = await open();
  await chat.help.click();
  await chat.said("Bạn có thể gọi.").waitFor();
  await page.reload();
  await chat.said("Chào bạn trở lại.").waitFor();
  expect(await chat.said("Bạn có thể gọi.").count()).toBe(0);
  expect(new Set(bot.inputs.map((input) => input.chat)).size).toBe(1);
});

test("a deep link counts once", async () => {
  const { page, bot, chat } = await open(new FakeBot(), "/?start=quiz");
  await chat.choice("Đố vui").waitFor();
  await page.reload();
  await chat.said("Chào bạn trở lại.").waitFor();
  expect(bot.inputs.map(({ input }) => input)).toEqual([{ kind: "start", payload: "quiz" }, { kind: "start" }]);
  expect(page.url()).not.toContain("quiz");
});

test("only a person who chose to stay known is remembered after the browser is closed", async () => {
  const { page, bot, chat } = await open();
  await chat.choice("Đố vui").waitFor();
  const first = await savedIn(page, "sessionStorage");
  expect(first).toMatchObject({ after: 2, keep: false });
  expect(first?.token).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(await savedIn(page, "localStorage")).toBeNull();
  bot.keep = true;
  await chat.say("nhớ mình nhé");
  await expect.poll(() => savedIn(page, "localStorage")).toMatchObject({ token: first?.token, keep: true });
  expect(await savedIn(page, "sessionStorage")).toBeNull();
  bot.keep = false;
  await chat.say("thôi, quên đi");
  await expect.poll(() => savedIn(page, "localStorage")).toBeNull();
});

test("a message that clears takes everything before it off the screen", async () => {
  const { chat } = await open();
  await chat.say("chuyện riêng");
  await chat.said("Bạn viết: chuyện riêng").waitFor();
  await chat.say("clear");
  await chat.said("Mẹo nấu cơm.").waitFor();
  expect(await chat.log.locator(".bubble").allInnerTexts()).toEqual(["An Tâm:\n\nMẹo nấu cơm."]);
});

test("a message that comes by itself appears", async () => {
  const { bot, chat } = await open();
  await chat.choice("Đố vui").waitFor();
  bot.push(bot.inputs[0]?.chat ?? "", "Một phút đã qua.");
  await chat.said("Một phút đã qua.").waitFor();
});

test("a conversation whose numbering began again goes on", async () => {
  const { bot, chat } = await open();
  await chat.say("một");
  await chat.said("Bạn viết: một").waitFor();
  await bot.forget(bot.inputs[0]?.chat ?? "");
  await chat.say("hai");
  await chat.said("Bạn viết: hai").waitFor();
  await chat.say("ba");
  await chat.said("Bạn viết: ba").waitFor();
});

test("a shared place is rounded to about a kilometre", async () => {
  const { context, bot, chat, page } = await open();
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 21.028511, longitude: 105.804817 });
  await chat.choice("Nơi tôi ở").click();
  await page.getByRole("button", { name: "Dùng vị trí của tôi" }).click();
  await expect.poll(() => bot.inputs.at(-1)?.input).toEqual({ kind: "location", latitude: 21.03, longitude: 105.8 });
});

test("new messages are announced, and each side is named", async () => {
  const { chat, page } = await open(new FakeBot(() => [message("Chào bạn.")]));
  await chat.said("Chào bạn.").waitFor();
  expect(await page.getByRole("log").getAttribute("aria-label")).toBe("Cuộc trò chuyện");
  expect(await chat.log.locator(".bubble").first().innerText()).toContain("An Tâm:");
});
