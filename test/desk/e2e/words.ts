import { assembleApp, ROOT } from "../../../src/commands/app.ts";
import { loadContent } from "../../../src/content/snapshot.ts";
import type { SayHere } from "../../../src/desk/web/route.ts";
import type { Lang } from "../../../src/flow/ids.ts";

const { bundle } = await loadContent(ROOT);
const { say } = assembleApp(bundle, { profile: null, slots: {}, random: Math.random });

/** What stands on buttons and pages, by the key of the text. */
export function wordsIn(lang: Lang): SayHere {
  return (key, params) => say(params === undefined ? { key } : { key, params }, lang);
}
