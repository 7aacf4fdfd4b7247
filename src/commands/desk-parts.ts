import { randomBytes, randomInt } from "node:crypto";
import { join } from "node:path";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Broadcast } from "../broadcast/broadcast.ts";
import { previewsOf } from "../broadcast/previews.ts";
import type { ChannelStanding } from "../broadcast/reach.ts";
import { createSources } from "../broadcast/sources.ts";
import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { ChannelName } from "../channels/port.ts";
import type { Config } from "../config.ts";
import type { Actor } from "../desk/access.ts";
import { type BroadcastActionDeps, broadcastActions } from "../desk/broadcasts/actions.ts";
import { type Book, openBook } from "../desk/broadcasts/book.ts";
import { broadcastsForMonth } from "../desk/broadcasts/for-month.ts";
import { broadcastQueries } from "../desk/broadcasts/queries.ts";
import { destinations, tipTopics } from "../desk/broadcasts/ways.ts";
import type { Desk } from "../desk/desk.ts";
import { createDirectoryChecks } from "../desk/directory/checks.ts";
import { createMedia, type DeskMedia } from "../desk/media.ts";
import { createMonth } from "../desk/month/create-month.ts";
import { openOwnAuthority } from "../desk/own-authority.ts";
import { staffActions } from "../desk/staff/actions.ts";
import { readCommonPasswords } from "../desk/staff/common-passwords.ts";
import { createStaff } from "../desk/staff/create-staff.ts";
import { createTesters, type Testers } from "../desk/testers.ts";
import { createAuditLog } from "../stores/audit-log.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { SqliteStore } from "../stores/sqlite/store.ts";
import type { TeamStore } from "../stores/team-store.ts";
import { type App, ROOT, readTeam } from "./app.ts";
import { deskPlaces } from "./desk-places.ts";

/** What the desk is made from, in a running bot and in a command alike. */
export interface DeskParts {
  readonly config: Config;
  /** The data folder. */
  readonly folder: string;
  readonly app: App;
  readonly team: TeamStore;
  readonly keyring: Keyring;
  readonly store: SqliteStore;
  /** What the networks are like now. */
  standing(channel: ChannelName): ChannelStanding;
  /** Called after each change of a broadcast. */
  changed(): void;
  /** Sends a broadcast to the test chats of a member of staff. Resolves with how many there were. */
  sendTest(broadcast: Broadcast, by: Actor): Promise<number>;
}

export interface OpenDesk {
  readonly desk: Desk;
  readonly book: Book;
  readonly media: DeskMedia;
  readonly testers: Testers;
}

/** Rejects with `StoreError` when a document cannot be read. */
export async function openDesk(parts: DeskParts): Promise<OpenDesk> {
  const { app, config, folder, keyring, team, store } = parts;
  const now = Date.now;
  const places = deskPlaces(app);
  const { provinceOf } = places;
  const audit = createAuditLog(join(folder, "audit.jsonl"), now);
  const renew = async () => app.renew(await readTeam(team));
  const { authority, actions: authorityActions } = await openOwnAuthority({ team, audit, places, renew });
  const authorityPlace = () => authority.place();
  const commonPasswords = await readCommonPasswords(ROOT);
  const staff = createStaff({ team, audit, keyring, places, now, randomBytes, commonPasswords });
  const testers = createTesters({ staff, keyring, now, randomInt });
  const media = createMedia({ folder: join(folder, "media") });
  const book = await openBook({ team, audit, changed: parts.changed });
  const sources = createSources(app.bundle, app.program, app.say, config.PUBLIC_URL !== undefined);
  const preview: BroadcastActionDeps["preview"] = (content, segment, at) =>
    previewsOf(content, segment, vietnamDay(at), sources);
  const writing: BroadcastActionDeps = {
    ...{ book, provinceOf, preview, now, sendTest: parts.sendTest },
    mayTest: limited(TESTS_AN_HOUR),
    hasMedia: async (file) => (await media.read(file)) !== null,
  };
  const broadcasts = broadcastQueries({
    ...{ book, provinceOf, preview, now, ledger: store.ledger, standing: parts.standing },
    ways: () => destinations(app),
    tipTopics: () => tipTopics(app.bundle),
    blocked: (channel) => leftLately(store, channel, now()),
    nameOf: async (id) => (await staff.all()).find((member) => member.id === id)?.name ?? id,
  });
  const { publicUrl } = { publicUrl: config.PUBLIC_URL };
  const { bundle, say } = app;
  const month = createMonth({
    ...{ team, bundle, say, audit, provinceOf, authorityPlace, renew, now },
    broadcasts: broadcastsForMonth(writing, broadcasts.list),
    ...(publicUrl !== undefined && { publicUrl }),
  });
  const directory = createDirectoryChecks({ team, bundle, audit, provinceOf, authorityPlace, now, renew });
  const actions = {
    ...{ ...staffActions(staff), ...testers.actions, ...authorityActions },
    ...{ ...month.actions, ...broadcastActions(writing), ...directory.actions },
  };
  const queries = { broadcasts, month: month.queries, directory: directory.queries };
  return { desk: { ...queries, actions, staff, audit, authority, places }, book, media, testers };
}

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3_600;
/** Of one member of staff. */
const TESTS_AN_HOUR = 20;

/** Whether somebody does something no more often than so many times an hour. Counted in memory. */
function limited(points: number): (by: Actor) => Promise<boolean> {
  const limiter = new RateLimiterMemory({ points, duration: HOUR_SECONDS });
  return async ({ id }) => {
    try {
      await limiter.consume(id);
      return true;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return false;
      throw refusal;
    }
  };
}

/** How many people blocked the bot or unfollowed in the last 30 days. */
async function leftLately(store: SqliteStore, channel: ChannelName, now: number): Promise<number> {
  const counts = await store.counts(vietnamDay(now - 30 * DAY_MS), vietnamDay(now));
  const left = counts.filter((one) => one.flow === "delivery" && one.count === "left" && one.channel === channel);
  return left.reduce((sum, { n }) => sum + n, 0);
}
