import { fences } from "./documents.ts";

/** One example of a page and what its first line says to do with it. */
export interface Recipe {
  /** Path below the root. */
  readonly file: string;
  readonly how: "new" | "append" | "below";
  /** The line to look for, without indentation; only for `below`. */
  readonly anchor: string;
  /** The example as a person copies it, its first line included. */
  readonly body: string;
}

const HEAD = /^# (\S+) \((tệp mới|thêm vào cuối|thêm ngay dưới dòng “(.+)”)\)$/;

/** The YAML examples of a page. Throws for one whose first line does not say where it goes. */
export function recipesOf(page: string): readonly Recipe[] {
  return fences(page, "yaml").map((body) => {
    const head = body.split("\n")[0] ?? "";
    const match = HEAD.exec(head);
    if (match === null) throw new Error(`this example does not say where it goes: ${head}`);
    const [, file = "", how, anchor = ""] = match;
    return { file, anchor, body, how: how === "tệp mới" ? "new" : how === "thêm vào cuối" ? "append" : "below" };
  });
}

/** What the file holds after a person followed the example. Throws when it cannot be followed word by word. */
export function follow(recipe: Recipe, before: string | undefined): string {
  const { file, how, anchor, body } = recipe;
  if (how === "new") {
    if (before !== undefined) throw new Error(`${file} exists already`);
    return body;
  }
  if (before === undefined) throw new Error(`there is no ${file}`);
  const lines = before.trimEnd().split("\n");
  if (how === "append") return `${lines.join("\n")}\n${body}`;
  const found = lines.flatMap((line, index) => (line.trim() === anchor ? [index] : []));
  const [at] = found;
  if (at === undefined || found.length > 1) throw new Error(`${file} has “${anchor}” ${found.length} times`);
  return `${lines.slice(0, at + 1).join("\n")}\n${body}${lines.slice(at + 1).join("\n")}\n`;
}
