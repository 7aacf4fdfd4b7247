import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { openPage } from "../support/browser.ts";
import { choices, FakeBot, message, talk } from "./fake-bot.ts";
import { useBrowser, useCleanup } from "./stage.ts";
import { startWeb } from "./start-web.ts";
import { inWidget, scrollsSideways, widgetOf } from "./widget.ts";

const browser = useBrowser();
const cleanup = useCleanup();
const LONG = "Nghiêng nghiêng một câu trả lời rất dài, đủ 40";
const menu = [message("Bạn muốn làm gì?", { choices: choices(LONG, "Đố vui", "Mẹo hôm nay") })];

async function open(options: Parameters<typeof openPage>[2]) {
  const bot = new FakeBot((input, lang, known) => (input.kind === "start" ? menu : talk(input, lang, known)));
  const web = await startWeb({}, bot);
  cleanup(() => web.close());
  const opened = await openPage(browser(), web.url, options);
  const chat = widgetOf(opened.page);
  await chat.choice("Đố vui").waitFor();
  return { web, chat, ...opened };
}

test.each(["light", "dark"] as const)("axe finds nothing to complain about (%s)", async (colorScheme) => {
  const { page, chat } = await open({ colorScheme, viewport: { width: 390, height: 780 } });
  const choicesShown = await new AxeBuilder({ page }).analyze();
  await chat.say("xin chào");
  await chat.help.click();
  await page.getByRole("link", { name: "Gọi nơi giúp" }).waitFor();
  const callsShown = await new AxeBuilder({ page }).analyze();
  await page.route("**/api/chat", (route) => route.abort("connectionrefused"));
  await chat.say("xin chào");
  await chat.status.getByRole("link").waitFor();
  const troubleShown = await new AxeBuilder({ page }).analyze();
  for (const { violations } of [choicesShown, callsShown, troubleShown]) {
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
});

test.each([
  { name: "320 px wide", width: 320, height: 568 },
  { name: "1280 px at 200 %", width: 640, height: 400 },
  { name: "1280 px at 400 %", width: 320, height: 256 },
])(
  "$name: nothing scrolls sideways, and quick exit, help and the last message can be reached",
  async ({ width, height }) => {
    const { page, chat } = await open({ viewport: { width, height } });
    await chat.say("m".repeat(200));
    await chat.said(`Bạn viết: ${"m".repeat(200)}`).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await chat.help.click();
    await page.getByRole("link", { name: "Gọi nơi giúp" }).click({ trial: true });
    await chat.exit.click({ trial: true });
  },
);

test("a page of its own asks nobody else, sets no cookie, breaks no policy, and does not name the topic", async () => {
  const { web, page, chat, context, complaints, requests } = await open({});
  await chat.help.click();
  await chat.said("Bạn có thể gọi.").waitFor();
  expect(requests.filter((url) => !url.startsWith(web.url))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  expect(complaints).toEqual([]);
  expect(await page.title()).toBe("An Tâm");
});

test("nothing moves for a person who asked for less motion", async () => {
  const { page } = await open({ reducedMotion: "reduce" });
  expect(await inWidget(page, 'getComputedStyle(root.querySelector("#dots i")).animationName')).toBe("none");
});
