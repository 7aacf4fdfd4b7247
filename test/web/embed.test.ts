import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openPage } from "../support/browser.ts";
import { useBrowser, useCleanup } from "./stage.ts";
import { startWeb } from "./start-web.ts";
import { inWidget, savedIn, scrollsSideways, widgetOf } from "./widget.ts";

const browser = useBrowser();
const cleanup = useCleanup();
const EXIT = "https://weather.example/today";

/** A portal's page on an origin of its own, with styles that would spoil an unprotected widget. */
async function startPortal(scriptUrl: string): Promise<string> {
  const page = `<!doctype html><html lang="vi"><title>Cổng thông tin xã</title>
<style>* { color: red !important; font-size: 30px } button { display: none }</style>
<script src="${scriptUrl}" async></script><h1>Tin tức</h1>`;
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup(() => new Promise((resolve) => server.close(() => resolve())));
  return `http://localhost:${portOf(server.address())}/`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the portal has no port");
  return address.port;
}

async function open(viewport = { width: 1280, height: 800 }) {
  const web = await startWeb({ exitUrl: EXIT });
  cleanup(() => web.close());
  const opened = await openPage(browser(), await startPortal(`${web.url}/embed.js`), { viewport });
  const launcher = opened.page.getByRole("button", { name: "An Tâm" });
  await launcher.waitFor();
  return { web, launcher, chat: widgetOf(opened.page), ...opened };
}

test("nothing is sent to the bot before the person opens it; then the chat works across origins", async () => {
  const { web, launcher, chat, page, requests } = await open();
  expect(requests.filter((url) => url.startsWith(web.url)).map((url) => new URL(url).pathname)).toEqual([
    "/embed.js",
    "/widget/embed.css",
  ]);
  await launcher.click();
  await chat.choice("Đố vui").click();
  await chat.said("Câu tiếp theo.").waitFor();
  expect(web.bot.inputs).toHaveLength(2);
  await page.getByRole("button", { name: "Thu nhỏ" }).click();
  await launcher.click();
  await chat.said("Câu tiếp theo.").waitFor();
  expect(web.bot.inputs).toHaveLength(2);
});

test("the portal's styles do not reach the widget", async () => {
  const { launcher, chat, page } = await open();
  await launcher.click();
  await chat.said("Bạn muốn làm gì?").waitFor();
  const style = await inWidget(
    page,
    '(({ color, fontSize }) => [color, fontSize])(getComputedStyle(root.querySelector(".bubble p")))',
  );
  expect(style).toEqual(["rgb(43, 33, 28)", "16px"]);
});

test("a phone sees the chat on the whole screen, and nothing scrolls sideways", async () => {
  const { launcher, chat, page } = await open({ width: 320, height: 568 });
  await launcher.click();
  await chat.choice("Đố vui").waitFor();
  expect(await page.getByRole("dialog", { name: "An Tâm" }).boundingBox()).toEqual({
    x: 0,
    y: 0,
    width: 320,
    height: 568,
  });
  expect(await scrollsSideways(page)).toBe(false);
});

test("quick exit leaves the portal's page as well and forgets across origins", async () => {
  const { web, launcher, chat, page } = await open();
  const portal = page.url();
  await launcher.click();
  await chat.choice("Đố vui").waitFor();
  const asked = page.waitForRequest(EXIT);
  await chat.exit.click();
  expect(await (await asked).headerValue("referer")).toBeNull();
  await page.waitForURL(EXIT);
  await expect.poll(() => web.bot.forgotten.length).toBe(1);
  await page.goto(portal);
  expect(await savedIn(page, "sessionStorage")).toBeNull();
});

test("a panel is never empty: it waits for a server that is away, and opens on the next press", async () => {
  const { launcher, chat, page } = await open({ width: 320, height: 568 });
  await page.route("**/widget/chat.js", (route) => route.abort("connectionrefused"), { times: 1 });
  await launcher.click();
  await launcher.click({ trial: true });
  expect(await page.getByRole("dialog").count()).toBe(0);
  await expect.poll(() => launcher.innerText()).toBe("An Tâm");
  await launcher.click();
  await chat.choice("Đố vui").waitFor();
});
