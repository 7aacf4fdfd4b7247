import type { Locator, Page } from "playwright-core";

/** More stops than any page has. */
const MOST_STOPS = 150;

/** Somebody without a mouse: Tab, arrows, Space, Enter and letters. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes on until this has the focus. Rejects when it never does, or when one cannot see where the focus is. */
  async to(target: Locator): Promise<void> {
    const focused = target.and(this.#page.locator(":focus"));
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      await this.#page.keyboard.press("Tab");
      if ((await focused.count()) === 0) continue;
      const outline = await this.#page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
      if (outline === "none") throw new Error(`the focus cannot be seen on ${target.toString()}`);
      return;
    }
    throw new Error(`Tab never comes to ${target.toString()}`);
  }

  async write(target: Locator, words: string): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.press("ControlOrMeta+a");
    await this.#page.keyboard.insertText(words);
  }

  /** A part that is folded, with Space. */
  async unfold(target: Locator): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.press("Space");
  }

  /** A list: the arrow until it shows this. */
  async choose(target: Locator, value: string): Promise<void> {
    await this.to(target);
    for (let steps = 0; (await target.inputValue()) !== value; steps++) {
      if (steps > MOST_STOPS) throw new Error(`no ${value} in ${target.toString()}`);
      await this.#page.keyboard.press("ArrowDown");
    }
  }

  /** A field for a moment, `YYYY-MM-DDTHH:mm`, in the order in which this browser asks for its parts. */
  async moment(target: Locator, local: string): Promise<void> {
    const [year, month, day, hour, minute] = local.split(/\D/).map(Number);
    await this.to(target);
    for (const part of [month, day, year]) {
      await this.#page.keyboard.type(String(part ?? "").padStart(2, "0"));
      if (part === year) await this.#page.keyboard.press("ArrowRight");
    }
    await this.#page.keyboard.type(
      `${pad((((hour ?? 0) + 11) % 12) + 1)}${pad(minute ?? 0)}${(hour ?? 0) < 12 ? "AM" : "PM"}`,
    );
    if ((await target.inputValue()) !== local)
      throw new Error(`typed ${local}, but it is ${await target.inputValue()}`);
  }

  /** Comes to it, presses Enter, and waits for the page that comes. */
  async enter(target: Locator): Promise<void> {
    await this.to(target);
    await Promise.all([this.#page.waitForEvent("load"), this.#page.keyboard.press("Enter")]);
  }
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}
