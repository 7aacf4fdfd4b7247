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

/** Evaluates an expression in the page, in which `root` is the inside of the widget, here or in the embedding panel. */
export function inWidget(page: Page, expression: string): Promise<unknown> {
  return page.evaluate(`(() => {
    const hosts = [document, ...[...document.body.children].map((node) => node.shadowRoot).filter(Boolean)];
    const root = hosts.map((host) => host.querySelector("an-tam-chat")).find(Boolean).shadowRoot;
    return ${expression};
  })()`);
}

/** True when the page or the conversation can be scrolled sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  const boxes = '[document.documentElement, root.getElementById("log"), root.getElementById("frame")]';
  return z.boolean().parse(await inWidget(page, `${boxes}.some((box) => box.scrollWidth > box.clientWidth)`));
}
