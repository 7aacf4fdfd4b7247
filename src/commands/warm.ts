import { loadContent } from "../content/snapshot.ts";
import { ROOT } from "./app.ts";

/**
 * Prepares the first start after an installation: parses the content into its snapshot and lets Node compile what
 * `start` and `chat` load. Content with mistakes is left for `npm run check` to tell.
 */
export async function warm(): Promise<void> {
  await Promise.all([import("./start.ts"), import("./chat.ts")]);
  await loadContent(ROOT).catch(() => undefined);
}
