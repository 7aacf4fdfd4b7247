import { setTimeout as pause } from "node:timers/promises";
import chromium from "@sparticuz/chromium";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
  type Page,
} from "playwright-core";

/** Of the package's own arguments, those that would switch off what the tests are about, or share one process. */
const UNWANTED = /^--(?:single-process|no-zygote|disable-web-security|allow-running-insecure-content|headless)/;

/** A real Chromium from `npm ci` alone. Unpacking it may meet another worker doing the same: tries again. */
export async function launchBrowser(): Promise<Browser> {
  const args = [...chromium.args.filter((arg) => !UNWANTED.test(arg)), "--no-sandbox"];
  for (let tries = 4; ; tries--) {
    try {
      return await driver.launch({ executablePath: await chromium.executablePath(), args, headless: true });
    } catch (error) {
      if (tries === 0) throw error;
      await pause(1_000);
    }
  }
}

/** One page with a memory of what went wrong on it. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts and refusals by the content security policy. */
  readonly complaints: string[];
  /** Every address asked for, in order. */
  readonly requests: string[];
}

/** A fresh browser profile on one address. Nothing of the outside network is reached: it is answered as a blank page. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, locale: "vi-VN", ...options });
  await context.route(/^https?:\/\/(?!127\.0\.0\.1|localhost)/, (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>weather</title><p>weather</p>" }),
  );
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  context.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, context, complaints, requests };
}
