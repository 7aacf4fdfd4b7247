import type { Locator, Page } from "playwright-core";
import { z } from "zod";

/** The parts of the widget as a person finds them, by role and name. */
export function widgetOf(page: Page) {
  const log = page.getByRole("log");
  return {
    log,
    input: page.getByRole("textbox"),
    exit: page.getByRole("button", { name: /^(?:Thoát nhanh|Quick exit)$/ }),
    help: page.locator(".bar").getByRole("button", { name: /^(?:Trợ giúp|Help)$/ }),
    choice: (name: string): Locator => log.getByRole("button", { name, exact: true }),
    said: (text: string): Locator => log.getByText(text, { exact: true }),
    status: page.getByRole("status"),
    say: async (text: string): Promise<void> => {
      await page.getByRole("textbox").fill(text);
      await page.getByRole("textbox").press("Enter");
    },
  };
}

const Saved = z.object({ token: z.string(), after: z.int(), keep: z.boolean(), lang: z.string() });

/** What the browser keeps of this chat; null when nothing. */
export async function savedIn(
  page: Page,
  storage: "sessionStorage" | "localStorage",
): Promise<z.infer<typeof Saved> | null> {
  const text = z
    .string()
    .nullable()
    .parse(await page.evaluate(`${storage}.getItem("an-tam")`));
  return text === null ? null : Saved.parse(JSON.parse(text));
}

/** True when the page can be scrolled sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  const wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
  const log =
    "(() => { const l = document.querySelector('an-tam-chat')?.shadowRoot?.getElementById('log'); return !!l && l.scrollWidth > l.clientWidth; })()";
  return z.boolean().parse(await page.evaluate(`${wide} || ${log}`));
}
