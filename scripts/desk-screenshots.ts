import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContextOptions } from "playwright-core";
import { ROOT } from "../src/commands/app.ts";
import { composeByKeyboard, openByKeyboard, stepByKeyboard, TITLE, untilMoving } from "../test/desk/e2e/broadcasts.ts";
import { BEGIN } from "../test/desk/e2e/clock.ts";
import { openScene } from "../test/desk/e2e/scene.ts";
import { DESKTOP, PHONE, type Seat } from "../test/desk/e2e/seat.ts";
import { gather } from "../test/desk/e2e/team.ts";
import { writeEvent } from "../test/desk/e2e/tour.ts";
import { fillYear, releaseYear } from "../test/desk/e2e/year.ts";
import { launchBrowser } from "../test/support/browser.ts";

// Takes docs/screenshots/desk-*.png: the real bot, the local networks, a thousand subscribers, a real browser.
const FOLDER = join(ROOT, "docs", "screenshots");
/** Until what was scrolled to is drawn. */
const PAINT_MS = 300;
/** Sharp enough to read, and still small files. */
const SHARP_PHONE = { ...PHONE, deviceScaleFactor: 1.5 } as const;

const browser = await launchBrowser();
const scene = await openScene();
await mkdir(FOLDER, { recursive: true });
try {
  await takeAll();
} finally {
  await browser.close();
  await scene.close();
}

async function takeAll(): Promise<void> {
  const { admin, author, approver } = await gather(browser, scene, async (seat, route) => {
    if (route === "/enrol") await both(seat, "second-factor");
  });
  await fillYear(author);
  await releaseYear(approver);
  await both(approver, "theme");
  await author.go("/events/new");
  await writeEvent(author);
  await author.press("desk-month.review.submit");
  await composeByKeyboard(author, BEGIN, async () => undefined);
  const { path } = author;
  await approver.go("/");
  await both(approver, "today");
  await author.go(`${path}/edit`);
  await both(author, "compose", "#step-what");
  await variants(author, "compose");
  await openByKeyboard(approver, TITLE);
  await both(approver, "review", "#reach-title");
  await stepByKeyboard(approver, "release");
  await untilMoving(approver);
  await stepByKeyboard(approver, "pause");
  await both(approver, "progress", "#progress-title");
  await variants(approver, "progress");
  await stepByKeyboard(approver, "resume");
  for (const [seat, page, name] of [
    [approver, "/month", "month"],
    [approver, "/plan", "plan"],
    [approver, "/directory", "directory"],
    [admin, "/staff", "staff"],
    [admin, "/audit?action=broadcast", "audit"],
  ] as const) {
    await seat.go(page);
    await both(seat, name);
  }
}

/** At both sizes; on the phone from `part` on, where the beginning tells less. */
async function both(seat: Seat, name: string, part = ""): Promise<void> {
  await take(seat, `${name}-desktop`, DESKTOP);
  await take(seat, `${name}-phone`, SHARP_PHONE, part);
}

/** The same page in the dark, and in English. */
async function variants(seat: Seat, name: string): Promise<void> {
  await take(seat, `${name}-dark`, { ...DESKTOP, colorScheme: "dark" });
  await seat.language();
  await take(seat, `${name}-en`, DESKTOP);
  await seat.language();
}

/** The page that somebody is on, opened once more at another size with their cookies. */
async function take(seat: Seat, name: string, look: BrowserContextOptions, part = ""): Promise<void> {
  const context = await browser.newContext({ ...look, storageState: await seat.page.context().storageState() });
  const page = await context.newPage();
  const url = seat.page.url().replace(/\?said=.*/, "");
  await page.goto(`${url}${part}`, { waitUntil: "networkidle" });
  await pause(PAINT_MS);
  await page.screenshot({ path: join(FOLDER, `desk-${name}.png`) });
  await context.close();
}
