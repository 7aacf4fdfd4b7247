import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Lang } from "./people.ts";

const FOLDER = join(import.meta.dirname, "texts");
const Texts = z.record(z.string(), z.string().min(1));
export type Texts = z.infer<typeof Texts>;

/** Every text of the page and the command, by language. */
export async function readTexts(): Promise<Readonly<Record<Lang, Texts>>> {
  const read = async (lang: Lang) => Texts.parse(parse(await readFile(join(FOLDER, `${lang}.yaml`), "utf8")));
  return { vi: await read("vi"), en: await read("en") };
}
