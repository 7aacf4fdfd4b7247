import { readFileSync } from "node:fs";
import pino from "pino";
import { parse } from "yaml";
import { z } from "zod";
import { WEATHER_URL, type WebDeps } from "../../src/channels/web/deps.ts";
import { createWebChat } from "../../src/channels/web/routes.ts";
import type { Lang } from "../../src/flow/ids.ts";
import { createMetrics } from "../../src/server/metrics.ts";
import { createServer, type ServerDeps } from "../../src/server/server.ts";
import { FakeBot } from "./fake-bot.ts";

const Flat = z.record(z.string(), z.string());

/** The texts as they are committed. */
export function webTexts(lang: Lang): Record<string, string> {
  return Flat.parse(parse(readFileSync(new URL(`../../locales/${lang}/web.yaml`, import.meta.url), "utf8")));
}

export interface RunningWeb {
  readonly url: string;
  readonly port: number;
  readonly bot: FakeBot;
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** A web server on a free port of this machine, with a fake bot unless `deps` say otherwise. */
export async function startWeb(
  deps: Partial<WebDeps & ServerDeps> = {},
  bot: FakeBot = new FakeBot(),
): Promise<RunningWeb> {
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => logged.push(line) });
  const web = createWebChat({
    handle: bot.handle,
    pending: (chat, after) => bot.pending(chat, after),
    delivered: (chat, seq) => bot.delivered(chat, seq),
    draft: async () => null,
    forget: (chat) => bot.forget(chat),
    alwaysHeard: (input) =>
      input.kind === "text" ? input.text === "giúp tôi" : input.kind === "choice" && input.token === "::help",
    texts: webTexts,
    urgentCalls: (lang) => [{ label: lang === "vi" ? "Gọi nơi giúp" : "Call a service", tel: "0000000000" }],
    operator: () => ({
      name: { vi: "Xã <Thử>", en: "Commune <Test>" },
      hours: { vi: "8:00–17:00", en: "8:00–17:00" },
    }),
    embedOrigins: "any",
    exitUrl: WEATHER_URL,
    log,
    ...deps,
  });
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    log,
    parts: [web],
    problems: web.problems,
    mounts: [],
    ready: {},
    metrics: createMetrics(),
    ...deps,
  });
  return { url: server.address, port: Number(new URL(server.address).port), bot, logged, close: () => server.close() };
}
