import { join } from "node:path";
import { type Logger, pino } from "pino";
import { alwaysHeard } from "../bot/always-heard.ts";
import type { Bot } from "../bot/bot.ts";
import { type UrgentCall, WEATHER_URL } from "../channels/web/deps.ts";
import { createWebServer, type WebServer } from "../channels/web/server.ts";
import type { Config } from "../config.ts";
import type { Lang } from "../flow/ids.ts";
import type { CitizenStore } from "../stores/citizen-store.ts";
import { openDataFolder } from "../stores/data-folder.ts";
import { type Keyring, openKeyring } from "../stores/keyring.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import { openSqliteStore } from "../stores/sqlite/store.ts";
import { type App, createBot, DATABASE_FILE, openApp, ROOT, readTeam } from "./app.ts";

/** How often waiting times and forgotten help positions are looked after. */
const TICK_MS = 1_000;
/** Left to the first people after a start before anything else is done. */
const QUIET_MS = 1_000;
/** How often what has expired is deleted. */
const PURGE_MS = 10 * 60_000;

/** Serves the web chat until SIGINT or SIGTERM, then finishes running turns and closes everything. */
export async function start(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL, base: null });
  const folder = await openDataFolder(config.DATA_DIR);
  const team = await openLowdbStore({ folder: folder.path });
  const app = await openApp({ ...(await readTeam(team)), random: Math.random });
  for (const problem of team.problems()) log.warn(problem, "a file of the data folder was set aside");
  const keyring = await openKeyring(folder.path);
  const store = await openSqliteStore({ file: join(folder.path, DATABASE_FILE), keyring });
  const bot = createBot(app, store, keyring, Date.now);
  const web = await openWeb(config, log, { app, bot, store, keyring });
  process.stdout.write(`${app.say({ key: "engine.serving", params: { address: web.address } }, "vi")}\n`);
  warm(app);
  const stopCare = careFor(bot, store, log);
  await stopSignal();
  stopCare();
  await web.close();
  await bot.close();
  await store.close();
  await team.close();
  await folder.close();
}

interface Parts {
  readonly app: App;
  readonly bot: Bot;
  readonly store: CitizenStore;
  readonly keyring: Keyring;
}

function openWeb(config: Config, log: Logger, { app, bot, store, keyring }: Parts): Promise<WebServer> {
  const key = (chat: string) => keyring.citizenKey("web", chat);
  return createWebServer({
    handle: (inbound) => bot.turn(inbound),
    pending: (chat, after) => bot.pending("web", chat, after),
    delivered: (chat, seq) => store.delivered(key(chat), seq),
    draft: (chat, id, format) => bot.file("web", chat, id, format),
    forget: (chat) => bot.forget("web", chat),
    alwaysHeard: (input, chat) =>
      alwaysHeard(app.program, app.worlds.screen, input) || bot.isSafeWord("web", chat, input),
    texts: (lang) => namespace(app, lang, "web"),
    urgentCalls: (lang) => urgentCalls(app, lang),
    operator: { name: app.standing.operator, hours: app.standing.operator_hours },
    host: config.HOST,
    port: config.PORT,
    ...(config.PUBLIC_URL !== undefined && { publicUrl: config.PUBLIC_URL }),
    mediaFolder: join(ROOT, "content", "media"),
    embedOrigins: config.EMBED_ORIGINS,
    exitUrl: config.EXIT_URL ?? WEATHER_URL,
    log,
  });
}

function namespace(app: App, lang: Lang, space: string): Record<string, string> {
  const keys = [...app.bundle.texts[lang].keys()].filter((key) => key.startsWith(`${space}.`));
  return Object.fromEntries(keys.map((key) => [key.slice(space.length + 1), app.bundle.texts[lang].get(key) ?? ""]));
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

/**
 * Makes the safety screen and the place index ready (each about a tenth of a second) once the first replies are out,
 * so that nobody who writes later waits for them.
 */
function warm(app: App): void {
  const world = app.worlds.at(Date.now());
  setTimeout(() => world.screen(""), QUIET_MS).unref();
  setTimeout(() => world.places.resolve("Đông Anh"), 2 * QUIET_MS).unref();
}

/** Looks after times by itself. A failure is logged by name and tried again the next time. */
function careFor(bot: Bot, store: CitizenStore, log: Logger): () => void {
  const guarded = (what: string, task: () => Promise<unknown>) => () => {
    task().catch((error: unknown) =>
      log.error({ what, name: error instanceof Error ? error.name : "unknown" }, "care"),
    );
  };
  const tick = setInterval(
    guarded("tick", () => bot.tick()),
    TICK_MS,
  );
  const purge = setInterval(
    guarded("purge", () => store.purge(Date.now())),
    PURGE_MS,
  );
  const first = setTimeout(
    guarded("purge", () => store.purge(Date.now())),
    3 * QUIET_MS,
  );
  return () => {
    clearTimeout(first);
    clearInterval(tick);
    clearInterval(purge);
  };
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
