import { join } from "node:path";
import { type Logger, pino } from "pino";
import type { Report } from "../channels/port.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Meter } from "../server/meter.ts";
import { createMetrics } from "../server/metrics.ts";
import { openDataFolder } from "../stores/data-folder.ts";
import { openKeyring } from "../stores/keyring.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import { announceAddress, forgetAddress } from "../stores/running-address.ts";
import { openSqliteStore } from "../stores/sqlite/store.ts";
import { openAdapters } from "./adapters.ts";
import { type App, createBot, DATABASE_FILE, openApp, readTeam } from "./app.ts";
import { careFor } from "./care.ts";
import { openMediaFolder } from "./media-folder.ts";
import { greetFirst, openOffice } from "./office.ts";
import { openServer } from "./serve.ts";

/** The one thing that a network says must not be survived. */
const SECOND =
  "Another process uses this token already. Stop it, or give this one a token of its own: docs/networks.md";

/** Left to the first people after a start before anything else is done. */
const QUIET_MS = 1_000;

/**
 * Serves the web chat and the networks that are on until SIGINT or SIGTERM, then finishes running turns, lets messages
 * on their way arrive and closes everything. Exit status 1 when a network says that it must not go on.
 */
export async function start(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL, base: null });
  const folder = await openDataFolder(config.DATA_DIR);
  await forgetAddress(folder.path);
  const mediaFolder = await openMediaFolder(folder.path);
  const team = await openLowdbStore({ folder: folder.path });
  const app = await openApp({ ...(await readTeam(team)), random: Math.random });
  for (const problem of team.problems()) log.warn(problem, "a file of the data folder was set aside");
  const keyring = await openKeyring(folder.path);
  const store = await openSqliteStore({ file: join(folder.path, DATABASE_FILE), keyring });
  const bot = createBot(app, store, keyring, Date.now);
  const metrics = createMetrics();
  const end = untilEnd();
  const report = reporter(log, metrics.meter, end.fail);
  const adapters = await openAdapters(config, { team, keyring, meter: metrics.meter });
  const shared = { config, app, bot, store, keyring, team, log, mediaFolder, folder: folder.path };
  const office = await openOffice({ ...shared, report, meter: metrics.meter }, adapters);
  const { networks, runner, parts, desk } = office;
  const server = await openServer({ ...shared, networks, metrics, parts });
  await announceAddress(folder.path, server.address);
  office.servedAt(server.address);
  process.stdout.write(`${app.say({ key: "engine.serving", params: { address: server.address } }, "vi")}\n`);
  await greetFirst(desk, app, config.PUBLIC_URL ?? server.address);
  warm(app, adapters.size > 0);
  const stopCare = careFor({ bot, store, networks, runner, log });
  networks.start().catch((error: unknown) => end.fail(error instanceof Error ? error : new Error("networks")));
  const failure = await end.reached;
  stopCare();
  const sent = runner.close();
  await networks.stop();
  await forgetAddress(folder.path);
  await server.close();
  await bot.idle();
  await networks.drain();
  await sent;
  await bot.close();
  await store.close();
  await team.close();
  await folder.close();
  if (failure !== null) throw failure;
}

/** A notice goes to the log and the metrics; one that must not be survived ends the process. */
function reporter(log: Logger, meter: Meter, fail: (error: Error) => void): Report {
  return (notice) => {
    const { level, channel, code, facts = {} } = notice;
    log[level]({ channel, code, ...facts }, "notice");
    meter.notice(notice);
    if (facts["fatal"] === true) fail(new AppError("network_refused", `${channel}: ${code}. ${SECOND}`));
  };
}

/** Resolves with null when somebody stops the process, with an error when it cannot go on. */
function untilEnd(): { readonly reached: Promise<Error | null>; fail(error: Error): void } {
  const { promise, resolve } = Promise.withResolvers<Error | null>();
  // Not `once`: a package that looks after half-written files ends the process when it is the only one to listen.
  process.on("SIGINT", () => resolve(null));
  process.on("SIGTERM", () => resolve(null));
  return { reached: promise, fail: resolve };
}

/**
 * Makes the safety screen and the place index ready (each takes a fifth of a second), so that nobody who writes later
 * waits for them: before a network brings its first updates, else once the first replies of the page are out.
 */
function warm(app: App, now: boolean): void {
  const world = app.worlds.at(Date.now());
  const screen = () => void world.screen("");
  const places = () => void world.places.resolve("Đông Anh");
  if (now) for (const prepare of [screen, places]) prepare();
  else for (const [index, prepare] of [screen, places].entries()) setTimeout(prepare, (index + 1) * QUIET_MS).unref();
}
