import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ROOT } from "../src/commands/app.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { startRig } from "../test/support/networks/rig.ts";
import { openSandbox } from "../test/support/sandbox/sandbox.ts";

// Takes docs/screenshots/sandbox-*.png: the real bot, the local networks, a real browser.
const FOLDER = join(ROOT, "docs", "screenshots");
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const NARROW = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

interface Shot {
  readonly name: string;
  readonly look: BrowserContextOptions;
  readonly lang?: "en";
  /** Only this part of the page. */
  readonly part?: string;
  /** Leads to what the picture shows. */
  readonly way: (page: Page) => Promise<void>;
}

const SHOTS: readonly Shot[] = [
  { name: "sandbox-desktop", look: DESKTOP, way: everyPhone },
  { name: "sandbox-dark", look: { ...DESKTOP, colorScheme: "dark" }, way: helpAndMenu },
  { name: "sandbox-troubles", look: DESKTOP, part: "#telegram .network", way: troubles },
  { name: "sandbox-phone", look: NARROW, way: narrow },
  { name: "sandbox-en", look: DESKTOP, lang: "en", way: account },
];

const phone = (page: Page, name: string) => page.getByRole("article", { name, exact: true });

async function say(page: Page, name: string, text: string): Promise<void> {
  const bubbles = phone(page, name).locator(".bot");
  const before = await bubbles.count();
  await phone(page, name).getByRole("textbox").last().fill(text);
  await phone(page, name).getByRole("textbox").last().press("Enter");
  await bubbles.nth(before).waitFor();
}

async function everyPhone(page: Page): Promise<void> {
  await say(page, "Telegram", "/start");
  await say(page, "Telegram", "đố vui");
  await say(page, "Zalo Bot", "giúp");
  await page.frameLocator("iframe").getByRole("button", { name: "Không, tôi không muốn" }).click();
  await page.frameLocator("iframe").getByRole("button", { name: "Mẹo hôm nay" }).waitFor();
}

async function helpAndMenu(page: Page): Promise<void> {
  await say(page, "Telegram", "giúp");
  await page.getByRole("button", { name: "Zalo OA", exact: true }).click();
  await phone(page, "Zalo OA").getByRole("button", { name: "Quan tâm" }).click();
  await phone(page, "Zalo OA").locator(".bot").waitFor();
  await phone(page, "Zalo OA").getByRole("button", { name: "Làm việc khác trên máy này" }).click();
  await page.frameLocator("iframe").getByRole("textbox").waitFor();
}

async function troubles(page: Page): Promise<void> {
  await say(page, "Telegram", "giúp");
  const panel = page.locator("#telegram .network");
  await panel.locator("summary").click();
  await panel.getByRole("combobox").nth(1).selectOption("0.3");
}

async function narrow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Zalo", exact: true }).click();
  await say(page, "Zalo Bot", "menu");
}

async function account(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Phone in" }).selectOption("en");
  await say(page, "Telegram", "/start");
  await page.getByRole("button", { name: "Zalo OA", exact: true }).click();
  await phone(page, "Zalo OA").getByRole("button", { name: "Follow" }).click();
  await phone(page, "Zalo OA").getByRole("button", { name: "English" }).click();
  await phone(page, "Zalo OA").getByRole("button", { name: "No" }).first().waitFor();
  await page.frameLocator("iframe").getByRole("textbox").waitFor();
}

async function take(browser: Browser, { name, look, lang, part, way }: Shot): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "an-tam-"));
  const rig = await startRig({ dataDir, env: { ZALO_OA_BUTTONS: "on" }, zaloOa: { buttons: "accepted" } });
  const sandbox = await openSandbox(rig, 0);
  const context = await browser.newContext({ locale: lang ?? "vi", ...look });
  const page = await context.newPage();
  await page.goto(`${sandbox.address}/?lang=${lang ?? "vi"}`);
  await way(page);
  await page.evaluate("document.activeElement?.blur?.()");
  const target = part === undefined ? page : page.locator(part);
  await target.screenshot({ path: join(FOLDER, `${name}.png`) });
  await context.close();
  await sandbox.close();
  await rig.stop();
  await rm(dataDir, { recursive: true });
}

await mkdir(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  for (const shot of SHOTS) await take(browser, shot);
} finally {
  await browser.close();
}
