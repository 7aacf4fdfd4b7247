import type { Logger } from "pino";
import { alwaysHeard } from "../bot/always-heard.ts";
import type { Bot } from "../bot/bot.ts";
import type { TurnReceipt } from "../channels/port.ts";
import { type UrgentCall, WEATHER_URL } from "../channels/web/deps.ts";
import { createWebChat, type WebChat } from "../channels/web/routes.ts";
import type { Config } from "../config.ts";
import type { Lang } from "../flow/ids.ts";
import type { LoginTexts } from "../server/login-page.ts";
import type { Meter } from "../server/meter.ts";
import type { Metrics } from "../server/metrics.ts";
import type { ServerPart } from "../server/part.ts";
import { createServer, type RunningServer } from "../server/server.ts";
import type { CitizenStore } from "../stores/citizen-store.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { App } from "./app.ts";
import type { Networks } from "./networks.ts";

export interface ServeParts {
  readonly config: Config;
  readonly log: Logger;
  readonly app: App;
  readonly bot: Bot;
  readonly store: CitizenStore;
  readonly keyring: Keyring;
  readonly networks: Networks;
  readonly metrics: Metrics;
  readonly mediaFolder: string;
  /** Pages beside the chat: the desk. */
  readonly parts: readonly ServerPart[];
}

/** One HTTP server for the web chat, the webhooks of the networks, probes and metrics. */
export function openServer(parts: ServeParts): Promise<RunningServer> {
  const { config, log, app, store, networks, metrics } = parts;
  const web = openWeb(parts);
  return createServer({
    host: config.HOST,
    port: config.PORT,
    ...(config.PUBLIC_URL !== undefined && { publicUrl: config.PUBLIC_URL }),
    log,
    parts: [web, ...parts.parts],
    problems: web.problems,
    mounts: networks.mounts,
    ready: { store: () => store.due(0, 1).then(() => true), ...networks.ready },
    metrics,
    ...(config.METRICS_TOKEN !== undefined && { metricsToken: config.METRICS_TOKEN }),
    ...(config.zaloOa !== undefined && { login: { vi: loginTexts(app, "vi"), en: loginTexts(app, "en") } }),
  });
}

function openWeb({ config, log, app, bot, store, keyring, metrics, mediaFolder }: ServeParts): WebChat {
  const key = (chat: string) => keyring.citizenKey("web", chat);
  return createWebChat({
    handle: (inbound) => metered(metrics.meter, () => bot.turn(inbound)),
    pending: (chat, after) => bot.pending("web", chat, after),
    delivered: (chat, seq) => store.delivered(key(chat), seq),
    draft: (chat, id, format) => bot.file("web", chat, id, format),
    forget: (chat) => bot.forget("web", chat),
    alwaysHeard: (input, chat) =>
      alwaysHeard(app.program, app.worlds.screen, input) || bot.isSafeWord("web", chat, input),
    texts: (lang) => namespace(app, lang, "web"),
    urgentCalls: (lang) => urgentCalls(app, lang),
    operator: () => ({ name: app.standing.operator, hours: app.standing.operator_hours }),
    mediaFolder,
    embedOrigins: config.EMBED_ORIGINS,
    exitUrl: config.EXIT_URL ?? WEATHER_URL,
    log,
  });
}

async function metered(meter: Meter, turn: () => Promise<TurnReceipt>): Promise<TurnReceipt> {
  const began = performance.now();
  meter.inbound("web");
  const receipt = await turn();
  meter.turn("web", (performance.now() - began) / 1_000, receipt.duplicate);
  return receipt;
}

function namespace(app: App, lang: Lang, space: string): Record<string, string> {
  const keys = [...app.bundle.texts[lang].keys()].filter((key) => key.startsWith(`${space}.`));
  return Object.fromEntries(keys.map((key) => [key.slice(space.length + 1), app.bundle.texts[lang].get(key) ?? ""]));
}

function loginTexts(app: App, lang: Lang): LoginTexts {
  const text = (name: string) => app.say({ key: `networks.server.login.${name}` }, lang);
  return { title: text("title"), copy: text("copy"), close: text("close") };
}

/** Lines of the directory that answer at every hour, for when the chat itself cannot answer. */
function urgentCalls(app: App, lang: Lang): UrgentCall[] {
  const query = { need: "domestic-violence", place: undefined, urgent: true, child: false, lang } as const;
  return app.worlds
    .at(Date.now())
    .services(query)
    .flatMap(({ name, phones }) =>
      phones
        .filter((phone) => phone.open === "always" && phone.cost === "free")
        .map(({ tel, number }) => ({ label: `${number} · ${name[lang]}`, tel })),
    );
}
