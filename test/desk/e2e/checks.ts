import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { DESKTOP, PHONE, type Seat } from "./seat.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Where each size is looked at in one of the two colour schemes, so that every page is seen in both. */
const LOOKS = [
  { ...DESKTOP, colorScheme: "light" },
  { ...PHONE, colorScheme: "dark" },
] as const;
/** The same on every page: looked at on the first page that has them. */
const FRAME = ["body > header", "body > nav", "body > details", "body > footer"];
/** In the place of the source of axe, which takes as long to load as a page to look at: it is in this page already. */
const AXE_IS_THERE = "0";
/** The narrowest screen that nothing may scroll sideways on (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 };
const SIDEWAYS = "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth";

/** Goes around the desk and notes what is wrong with its pages: one for each route. */
export class Round {
  readonly faults: string[] = [];
  readonly seen = new Set<string>();
  /** What no page may hold: how networks name citizens. */
  readonly #secrets: ReadonlySet<string>;

  constructor(secrets: readonly string[]) {
    this.#secrets = new Set(secrets);
  }

  readonly look = async ({ page, complaints }: Seat, route: string): Promise<void> => {
    if (this.seen.has(route)) return;
    this.seen.add(route);
    const words = (await page.content()).match(/[\w-]{8,}/g) ?? [];
    const named = words.some((word) => this.#secrets.has(word)) ? ["names a citizen"] : [];
    const faults = [...(await faultsOf(page, route === "/")), ...named, ...complaints];
    this.faults.push(...faults.map((fault) => `${route}, ${fault}`));
  };
}

/** At the size of a desk and of a phone: rules of axe; on the narrowest screen: scrolling sideways. */
async function faultsOf(page: Page, withFrame: boolean): Promise<readonly string[]> {
  const before = page.viewportSize();
  const faults: string[] = [];
  for (const [n, { viewport, colorScheme }] of LOOKS.entries()) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page, ...(n > 0 && { axeSource: AXE_IS_THERE }) });
    const found = await violationsOf(axe, withFrame);
    faults.push(...found.map((fault) => `${viewport.width} px, ${colorScheme}: ${fault}`));
  }
  await page.setViewportSize(NARROW);
  if (await page.evaluate(SIDEWAYS)) faults.push("320 px: scrolls sideways");
  await page.emulateMedia({ colorScheme: null });
  if (before !== null) await page.setViewportSize(before);
  return faults;
}

async function violationsOf(axe: AxeBuilder, withFrame: boolean): Promise<readonly string[]> {
  axe
    .options({ resultTypes: ["violations"] })
    .withTags(TAGS)
    .setLegacyMode(true);
  if (!withFrame) for (const part of FRAME) axe.exclude(part);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(" ")}`));
}
