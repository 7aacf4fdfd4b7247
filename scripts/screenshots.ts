import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type App, openApp, ROOT } from "../src/commands/app.ts";
import type { Lang } from "../src/flow/ids.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { startServer } from "../test/support/server.ts";

// Takes docs/screenshots/ from the real bot in a real browser.
const FOLDER = join(ROOT, "docs", "screenshots");
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

interface Shot {
  readonly name: string;
  readonly lang?: Lang;
  readonly look: BrowserContextOptions;
  /** Labels to press and words to type, in order. */
  readonly way: (label: (key: string) => string, app: App) => readonly (string | { readonly say: string })[];
  readonly portal?: true;
}

const firstQuiz = (app: App): string => [...app.bundle.quizzes].sort((a, b) => a.order - b.order)[0]?.title.vi ?? "";

const SHOTS: readonly Shot[] = [
  { name: "chat-phone", look: PHONE, way: (t) => [t("welcome.consent.no")] },
  {
    name: "chat-desktop",
    look: DESKTOP,
    way: (t) => [t("welcome.consent.no"), t("menu.choose.tips")],
  },
  {
    name: "help-phone",
    look: PHONE,
    way: (t) => [
      ...[t("welcome.consent.no"), t("menu.choose.help"), t("help.can-talk.safe"), t("help.whom.me")],
      ...[t("engine.need_domestic-violence"), t("help.danger.no"), t("help.next.near"), { say: "can tho" }],
    ],
  },
  {
    name: "quiz-phone",
    look: PHONE,
    way: (t, app) => [t("welcome.consent.no"), t("menu.choose.quizzes"), firstQuiz(app), { say: "1" }],
  },
  {
    name: "dark-phone",
    look: { ...PHONE, colorScheme: "dark" },
    way: (t) => [t("welcome.consent.no"), t("menu.choose.campaign")],
  },
  {
    name: "embed-desktop",
    look: DESKTOP,
    portal: true,
    way: (t) => [t("welcome.consent.no"), t("menu.choose.pledge")],
  },
  { name: "en-phone", lang: "en", look: PHONE, way: (t) => [t("welcome.consent.no"), t("menu.choose.tips")] },
];

/** A ward's portal that carries the widget. */
function openPortal(address: string): Promise<Server> {
  const page = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Cổng thông tin phường</title>
<style>body{margin:0;font:17px/1.6 "Open Sans",sans-serif;color:#1d2b3a;background:#f3f6f9}header{background:#0b5c8f;color:#fff;padding:22px 48px}
h1{margin:0;font-size:26px}main{max-width:700px;margin:32px 48px;background:#fff;padding:8px 32px 24px;border:1px solid #d7e0e8}</style>
<header><h1>Cổng thông tin phường (trang mẫu)</h1></header><main><h2>Tháng hành động vì bình đẳng giới</h2>
<p>Từ ngày 15/11 đến ngày 15/12, phường có buổi nói chuyện, hội thi đố vui và góc tư vấn tại nhà văn hóa.</p>
<p>Bạn cần hỏi, chơi đố vui hay tìm nơi giúp đỡ, bạn bấm nút An Tâm ở góc trang.</p></main>
<script src="${address}/embed.js" async></script></html>`;
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the portal has no port");
  return `http://127.0.0.1:${address.port}/`;
}

async function take(browser: Browser, app: App, shot: Shot, address: string): Promise<void> {
  const context = await browser.newContext({ locale: shot.lang ?? "vi", ...shot.look });
  const page = await context.newPage();
  await page.goto(shot.portal ? address : `${address}/?lang=${shot.lang ?? "vi"}`);
  if (shot.portal) await page.getByRole("button", { name: "An Tâm" }).click();
  const label = (key: string): string => app.bundle.texts[shot.lang ?? "vi"].get(key)?.trim() ?? key;
  for (const step of shot.way(label, app)) await walk(page, step);
  await page.mouse.move(0, 0);
  await page.evaluate("document.activeElement?.blur?.()");
  await page.screenshot({ path: join(FOLDER, `${shot.name}.png`) });
  await context.close();
}

/** Presses or types, and waits until the bot has answered. */
async function walk(page: Page, step: string | { readonly say: string }): Promise<void> {
  const log = page.getByRole("log");
  const own = await log.locator(".me").count();
  if (typeof step === "string") await log.getByRole("button", { name: step, exact: true }).click();
  else {
    await page.getByRole("textbox").fill(step.say);
    await page.getByRole("textbox").press("Enter");
  }
  await log.locator(".me").nth(own).locator("xpath=following-sibling::*[contains(@class,'choices')]").last().waitFor();
}

const dataDir = await mkdtemp(join(tmpdir(), "an-tam-"));
await mkdir(FOLDER, { recursive: true });
const app = await openApp({ profile: null, slots: {}, random: Math.random });
const server = await startServer({ dataDir, env: { LOG_LEVEL: "warn" } });
const portal = await openPortal(server.address);
const browser = await launchBrowser();
try {
  for (const shot of SHOTS) await take(browser, app, shot, shot.portal ? addressOf(portal) : server.address);
} finally {
  await browser.close();
  portal.close();
  await server.stop();
  await rm(dataDir, { recursive: true });
}
