import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export interface Page {
  /** Path below the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Text of a file below the root. Throws when there is none. */
export function readRoot(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Every Markdown page a reader may open: those of the root and all below `docs/`. */
export function allPages(): readonly Page[] {
  const below = readdirSync(join(ROOT, "docs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  return [...readdirSync(ROOT), ...below]
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map((path) => ({ path, text: readRoot(path) }));
}

/** Code words in the first column of every table of a page. */
export function firstColumn(text: string): readonly string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, word = ""]) => word);
}

/** The bodies of fenced blocks of one language, in order. */
export function fences(text: string, language: string): readonly string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return [...text.matchAll(pattern)].map(([, body = ""]) => body);
}
