import { resolve, sep } from "node:path";

/** Where a file of the media folder is, absolute; null for a name that leads out of the folder. */
export function mediaPath(folder: string, file: string): string | null {
  const root = resolve(folder);
  const path = resolve(root, file);
  return path.startsWith(root + sep) ? path : null;
}
