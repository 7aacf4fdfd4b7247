import { generateSync } from "otplib";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { SayHere } from "../../../src/desk/web/route.ts";
import { openPage } from "../../support/browser.ts";
import type { SceneClock } from "./clock.ts";
import { wordsIn } from "./words.ts";

export const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;
export const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true } as const;

/** One member of staff before a browser of their own, who reads Vietnamese. */
export class Seat {
  readonly page: Page;
  /** Errors of scripts and refusals by the content security policy. */
  readonly complaints: readonly string[];
  readonly say: SayHere;

  static async open(browser: Browser, url: string, look: BrowserContextOptions = DESKTOP): Promise<Seat> {
    const { page, complaints } = await openPage(browser, url, look);
    return new Seat(page, complaints, wordsIn("vi"));
  }

  private constructor(page: Page, complaints: readonly string[], say: SayHere) {
    this.page = page;
    this.complaints = complaints;
    this.say = say;
  }

  /** To a page of the desk, by its path below `/desk`. */
  async go(path: string): Promise<void> {
    await this.page.goto(new URL(`/desk${path === "/" ? "" : path}`, this.page.url()).href);
  }

  /** The path of the page shown, below `/desk`. */
  get path(): string {
    return new URL(this.page.url()).pathname.replace(/^\/desk/, "") || "/";
  }

  field(name: string): Locator {
    return this.page.locator(`[id="f-${name}"]`);
  }

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.field(name).fill(value);
  }

  async tick(name: string, ...values: readonly string[]): Promise<void> {
    for (const value of values) await this.page.locator(`[name="${name}"][value="${value}"]`).check();
  }

  /** The first button or link with this text of `locales/`, inside the page itself. */
  control(key: string): Locator {
    const name = this.say(key);
    const main = this.page.getByRole("main");
    return main
      .getByRole("button", { name, exact: true })
      .or(main.getByRole("link", { name, exact: true }))
      .first();
  }

  /** Presses it and waits for the page that comes. */
  async press(key: string): Promise<void> {
    await this.follow(this.control(key));
  }

  async follow(target: Locator): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), target.click()]);
  }

  /** The other language of the desk, by the button at the top. */
  async language(): Promise<void> {
    await this.follow(this.page.locator('form[action="/desk/language"] button'));
  }

  link(name: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name, exact: true }).first();
  }
}

/** The authenticator on somebody's phone. */
export interface CodeApp {
  /** The code of now, or of so many half minutes later: each is good once. */
  code(later?: number): string;
}

/** Reads the secret on the page as people do who cannot scan. */
export async function codeApp({ page }: Seat, clock: SceneClock): Promise<CodeApp> {
  const secret = (await page.locator("code.secret").innerText()).replaceAll(/\s/g, "");
  return { code: (later = 0) => generateSync({ secret, epoch: Math.floor(clock.now() / 1_000) + 30 * later }) };
}
