import { seededRandom } from "../../src/bot/random.ts";
import { type App, assembleApp, openApp, ROOT } from "../../src/commands/app.ts";
import { readFolder } from "../../src/content/files.ts";
import { parseFiles } from "../../src/content/parse.ts";
import type { Lang } from "../../src/flow/ids.ts";

/** The program with everything that is committed in `flows/`, `content/` and `locales/`, run by nobody yet. */
export function realApp(random: () => number = seededRandom(1)): Promise<App> {
  return openApp({ profile: null, slots: {}, random });
}

/** The same from the files themselves, with the test dialogues, which a running bot does not need. */
export async function appWithDialogues(random: () => number): Promise<App> {
  const { bundle, findings } = parseFiles(await readFolder(ROOT));
  if (bundle === null) throw new Error(`the files have mistakes: ${findings[0]?.file} ${findings[0]?.message}`);
  return assembleApp(bundle, { profile: null, slots: {}, random });
}

/** A committed text up to its first value, as a person reads it; fails for a key that does not exist. */
export function textOf({ bundle }: App, key: string, lang: Lang): string {
  const text = bundle.texts[lang].get(key);
  if (text === undefined) throw new Error(`there is no text ${key} in ${lang}`);
  return (text.split("{{")[0] ?? text).trim();
}
