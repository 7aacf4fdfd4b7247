import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Path below the root, with `/`, to text. Pictures and recordings are listed with an empty text. */
export type SourceFiles = ReadonlyMap<string, string>;

/** What tells whether a file changed. */
export interface FileStamp {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

const FOLDERS = ["content", "flows", "locales"] as const;
const TEXT_FILE = /\.(?:yaml|csv|md|json)$/;

/** Reads `flows/`, `locales/` and `content/` below `root`. A folder that is missing counts as empty. */
export async function readFolder(root: string): Promise<SourceFiles> {
  const paths = await listFolder(root);
  const texts = await Promise.all(
    paths.map((path) => (TEXT_FILE.test(path) ? readFile(join(root, path), "utf8") : Promise.resolve(""))),
  );
  return new Map(paths.map((path, i) => [path, texts[i] ?? ""]));
}

/** Size and time of every file that `readFolder` would read, in the order of their paths. */
export async function stampFolder(root: string, folders: readonly string[] = FOLDERS): Promise<readonly FileStamp[]> {
  const paths = await listFolder(root, folders);
  return Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(join(root, path));
      return { path, size, changed: mtimeMs };
    }),
  );
}

async function listFolder(root: string, folders: readonly string[] = FOLDERS): Promise<readonly string[]> {
  const lists = await Promise.all(folders.map((folder) => listBelow(root, folder)));
  return lists.flat().sort();
}

async function listBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const lists = entries
    .filter((entry) => !entry.name.startsWith("."))
    .map((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listBelow(root, path) : Promise.resolve([path]);
    });
  return (await Promise.all(lists)).flat();
}
