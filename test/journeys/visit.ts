import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { App } from "../../src/commands/app.ts";
import type { Lang } from "../../src/flow/ids.ts";
import { type OpenPage, openPage } from "../support/browser.ts";
import { type RunningServer, startServer } from "../support/server.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { realApp, textOf } from "../system/real-app.ts";
import { useBrowser } from "../web/stage.ts";
import { scrollsSideways, widgetOf } from "../web/widget.ts";

/** Where quick exit leads in these tests. */
export const EXIT_URL = "https://weather.example/today";

/** The real server and a real browser, for all tests of a file. */
export interface Stage {
  readonly dataDir: string;
  server: RunningServer;
  readonly app: App;
  /** Kills the server with SIGKILL and starts it again at the same address. */
  crash(): Promise<void>;
  /** A label or text as the bot shows it. */
  text(key: string, lang?: Lang): string;
  visit(path?: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** One person's browser at the chat. */
export type Visit = OpenPage & { readonly chat: ReturnType<typeof widgetOf> };

export function useStage(): () => Stage {
  const browser = useBrowser();
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openStage(browser);
  });
  afterAll(async () => {
    await stage?.server.kill9();
    await removeFolder(stage?.dataDir ?? "");
  });
  return () => {
    if (stage === undefined) throw new Error("the stage is there only inside tests");
    return stage;
  };
}

async function openStage(browser: ReturnType<typeof useBrowser>): Promise<Stage> {
  const dataDir = await makeFolder();
  const env = { LOG_LEVEL: "warn", EXIT_URL };
  const app = await realApp();
  const stage: Stage = {
    dataDir,
    server: await startServer({ dataDir, env }),
    app,
    crash: async () => {
      await stage.server.kill9();
      stage.server = await startServer({ dataDir, env, port: stage.server.port });
    },
    text: (key, lang = "vi") => textOf(app, key, lang),
    visit: async (path = "/", options = {}) => {
      const opened = await openPage(browser(), `${stage.server.address}${path}`, options);
      return { ...opened, chat: widgetOf(opened.page) };
    },
  };
  return stage;
}

/** A stranger who answered the welcome and is at the menu. */
export async function visitMenu(stage: Stage, options: BrowserContextOptions = {}): Promise<Visit> {
  const visit = await stage.visit("/", options);
  await visit.chat.choice(stage.text("welcome.consent.no")).click();
  await visit.chat.choice(stage.text("menu.choose.quizzes")).waitFor();
  return visit;
}

/** Nothing on the screen breaks a rule that axe knows, and nothing scrolls sideways. */
export async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target, html }) => [target, html])])).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
}
