import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCommonPasswords } from "./passwords.ts";

/** The list in the folder of the product. */
export async function readCommonPasswords(root: string): Promise<ReadonlySet<string>> {
  return parseCommonPasswords(await readFile(join(root, "content", "desk", "common-passwords.txt"), "utf8"));
}
