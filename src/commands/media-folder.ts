import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { MEDIA_FOLDER } from "./app.ts";

/**
 * The folder that pictures and recordings are sent from: what the team uploads, and a copy of what the program ships.
 * Made anew at each start; a shipped file replaces an older copy of it.
 */
export async function openMediaFolder(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, "media");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (existsSync(MEDIA_FOLDER)) await cp(MEDIA_FOLDER, folder, { recursive: true });
  return folder;
}
