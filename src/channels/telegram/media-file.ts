import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { InputFile } from "grammy";
import { mediaPath } from "../media-path.ts";

/** A file of the media folder, ready to be sent; null when there is none of this name inside the folder. */
export async function mediaFile(folder: string, file: string): Promise<InputFile | null> {
  const path = mediaPath(folder, file);
  if (path === null) return null;
  try {
    return new InputFile(await readFile(path), basename(path));
  } catch {
    return null;
  }
}
