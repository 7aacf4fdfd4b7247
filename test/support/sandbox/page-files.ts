import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const FOLDER = join(import.meta.dirname, "page");
const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
]);

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The files of the page by path; `/` is the page itself. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  for (const name of await readdir(FOLDER)) {
    const type = TYPES.get(extname(name));
    if (type === undefined) continue;
    files.set(name === "index.html" ? "/" : `/${name}`, { type, bytes: await readFile(join(FOLDER, name)) });
  }
  return files;
}
