import type { Config } from "../config.ts";
import { openDataFolder } from "../stores/data-folder.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import type { TeamStore } from "../stores/team-store.ts";

/**
 * Lets a command change documents of the data folder. Rejects with `data_folder_in_use` while a bot runs on it; says on
 * stderr which document was broken and set aside.
 */
export async function withTeam<T>(config: Config, use: (team: TeamStore) => Promise<T>): Promise<T> {
  const folder = await openDataFolder(config.DATA_DIR);
  try {
    const team = await openLowdbStore({ folder: folder.path });
    const result = await use(team);
    for (const { file, what } of team.problems()) process.stderr.write(`an-tam: ${file}: ${what}\n`);
    await team.close();
    return result;
  } finally {
    await folder.close();
  }
}
