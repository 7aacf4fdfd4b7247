import { seededRandom } from "../../src/bot/random.ts";
import { type App, openApp } from "../../src/commands/app.ts";
import type { Lang } from "../../src/flow/ids.ts";

/** The program with everything that is committed in `flows/`, `content/` and `locales/`, run by nobody yet. */
export function realApp(random: () => number = seededRandom(1)): Promise<App> {
  return openApp({ profile: null, slots: {}, random });
}

/** A committed text up to its first value, as a person reads it; fails for a key that does not exist. */
export function textOf({ bundle }: App, key: string, lang: Lang): string {
  const text = bundle.texts[lang].get(key);
  if (text === undefined) throw new Error(`there is no text ${key} in ${lang}`);
  return (text.split("{{")[0] ?? text).trim();
}
