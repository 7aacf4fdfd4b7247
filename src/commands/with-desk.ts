import { join } from "node:path";
import { limitsOf } from "../channels/limits.ts";
import type { ChannelName } from "../channels/port.ts";
import type { Config } from "../config.ts";
import type { Desk } from "../desk/desk.ts";
import { openDataFolder } from "../stores/data-folder.ts";
import { openKeyring } from "../stores/keyring.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import { forgetAddress } from "../stores/running-address.ts";
import { openSqliteStore } from "../stores/sqlite/store.ts";
import { DATABASE_FILE, openApp, readTeam } from "./app.ts";
import { openDesk } from "./desk-parts.ts";

/**
 * The desk of a data folder that no bot runs on: everything can be read and written, and nothing is sent. Rejects with
 * `data_folder_in_use` while a bot runs.
 */
export async function withDesk<T>(config: Config, use: (desk: Desk) => Promise<T>): Promise<T> {
  const folder = await openDataFolder(config.DATA_DIR);
  await forgetAddress(folder.path);
  try {
    const team = await openLowdbStore({ folder: folder.path });
    const keyring = await openKeyring(folder.path);
    const store = await openSqliteStore({ file: join(folder.path, DATABASE_FILE), keyring });
    try {
      const app = await openApp({ ...(await readTeam(team)), random: Math.random });
      const { desk } = await openDesk({
        ...{ config, folder: folder.path, app, team, keyring, store },
        standing: (channel) => standingOf(config, channel),
        changed: () => undefined,
        sendTest: async () => 0,
      });
      return await use(desk);
    } finally {
      await store.close();
      await team.close();
    }
  } finally {
    await folder.close();
  }
}

/** As the settings have it: what a network still allows is known to a running bot only. */
function standingOf({ telegram, zaloBot, zaloOa }: Config, channel: ChannelName) {
  const { messageWindowMs, pushed, rate } = limitsOf(channel);
  const set: Partial<Record<ChannelName, unknown>> = { telegram, "zalo-bot": zaloBot, "zalo-oa": zaloOa };
  const on = !pushed || set[channel] !== undefined;
  return { on, windowMs: messageWindowMs, allowance: null, perSecond: rate?.perSecond ?? null };
}
