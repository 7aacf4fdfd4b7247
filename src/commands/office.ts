import type { Logger } from "pino";
import type { Bot } from "../bot/bot.ts";
import type { Runner } from "../broadcast/runner.ts";
import type { ChannelName, Report } from "../channels/port.ts";
import type { Config } from "../config.ts";
import { COMMAND_PURPOSE, commandRoute } from "../desk/command/route.ts";
import type { Desk } from "../desk/desk.ts";
import { createEventPart } from "../desk/month/event-part.ts";
import { deskRoutes } from "../desk/web/pages/all.ts";
import { createDesk } from "../desk/web/part.ts";
import type { Meter } from "../server/meter.ts";
import type { ServerPart } from "../server/part.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { SqliteStore } from "../stores/sqlite/store.ts";
import type { TeamStore } from "../stores/team-store.ts";
import type { App } from "./app.ts";
import { openRunner, sendTest } from "./broadcasts.ts";
import { openDesk } from "./desk-parts.ts";
import { type CreateChannel, Networks } from "./networks.ts";

interface OfficeParts {
  readonly config: Config;
  /** The data folder. */
  readonly folder: string;
  readonly mediaFolder: string;
  readonly app: App;
  readonly bot: Bot;
  readonly store: SqliteStore;
  readonly team: TeamStore;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly report: Report;
  readonly meter: Meter;
}

/** The desk of a running bot, with the networks it sends through. */
export interface Office {
  readonly desk: Desk;
  readonly networks: Networks;
  readonly runner: Runner;
  /** What it serves over HTTP. */
  readonly parts: readonly ServerPart[];
  /** Links that it gives out begin with this unless there is a public address. */
  servedAt(address: string): void;
}

/** Networks and desk know each other: the desk sends through the networks, and they hand codes of test chats to it. */
export async function openOffice(
  parts: OfficeParts,
  adapters: ReadonlyMap<ChannelName, CreateChannel>,
): Promise<Office> {
  const { app, config, keyring, log, team } = parts;
  const publicFiles = config.PUBLIC_URL !== undefined;
  const networks = new Networks({ ...parts, isTesterCode: (inbound) => testers.read(inbound) }, adapters);
  const { desk, book, media, testers } = await openDesk({
    ...parts,
    standing: (channel) => networks.standing(channel),
    changed: () => void runner.tick().catch(failed),
    async sendTest(broadcast, by) {
      const lang = (await desk.staff.member(by.id))?.lang ?? "vi";
      return sendTest({ app, networks, publicFiles }, broadcast, await testers.chats(by.id), lang);
    },
  });
  const failed = (error: unknown) =>
    log.error({ what: "broadcasts", name: error instanceof Error ? error.name : "unknown" }, "care");
  const runner = openRunner({ ...parts, networks, publicFiles, failed }, book);
  await runner.begin();
  const publicUrl = config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL };
  let address = "";
  const base = () => config.PUBLIC_URL ?? address;
  const routes = deskRoutes({ media, hours: () => desk.authority.hours() });
  const pages = createDesk({ desk, team, keyring, routes, say: app.say, now: Date.now, log, ...publicUrl });
  const commands = commandRoute({ desk, secret: keyring.secretFor(COMMAND_PURPOSE), now: Date.now, base });
  return {
    ...{ desk, networks, runner, parts: [pages, commands, createEventPart({ month: desk.month, ...publicUrl })] },
    servedAt: (served) => {
      address = served;
    },
  };
}

/** As long as nobody looks after the desk: how somebody can, printed on this machine only. */
export async function greetFirst(desk: Desk, app: App, base: string): Promise<void> {
  const token = await desk.staff.firstLink();
  if (token === null) return;
  const params = { link: `${base}/desk/accept/${token}` };
  process.stdout.write(`${app.say({ key: "desk.first_link", params }, "vi")}\n`);
}
