import { readFile } from "node:fs/promises";
import { basename, resolve, sep } from "node:path";
import { InputFile } from "grammy";

/** A file of the media folder, ready to be sent; null when there is none of this name inside the folder. */
export async function mediaFile(folder: string, file: string): Promise<InputFile | null> {
  const root = resolve(folder);
  const path = resolve(root, file);
  if (!path.startsWith(root + sep)) return null;
  try {
    return new InputFile(await readFile(path), basename(path));
  } catch {
    return null;
  }
}
