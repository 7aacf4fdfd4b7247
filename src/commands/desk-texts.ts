import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { flattenTexts } from "../content/texts.ts";
import { readYaml } from "../content/yaml.ts";
import type { Lang } from "../flow/ids.ts";
import { createTexts } from "../language/texts.ts";
import { ROOT } from "./app.ts";
import type { DeskSay } from "./desk-print.ts";

/** The texts of the desk alone: a command that is handed to the running bot reads no other content. */
export async function readDeskTexts(lang: Lang): Promise<DeskSay> {
  const folder = join("locales", lang);
  const files = (await readdir(join(ROOT, folder))).filter((name) => /^desk(?:-[a-z]+)?\.yaml$/.test(name));
  const tables = await Promise.all(files.map((name) => readTable(folder, name)));
  const table = new Map(tables.flat());
  const nobody = { vi: "", en: "" };
  const say = createTexts({ vi: table, en: table }, { operator: nobody, operator_hours: nobody });
  return (key, params) => say({ key, ...(params && { params }) }, lang);
}

async function readTable(folder: string, name: string): Promise<readonly (readonly [key: string, text: string])[]> {
  const file = join(folder, name);
  const { texts } = flattenTexts(name.replace(".yaml", ""), readYaml(file, await readFile(join(ROOT, file), "utf8")));
  return [...texts].map(([key, { text }]) => [key, text] as const);
}
