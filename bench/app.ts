import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { seededRandom } from "../src/bot/random.ts";
import { type App, assembleApp, ROOT } from "../src/commands/app.ts";
import { readFolder } from "../src/content/files.ts";
import { parseFiles } from "../src/content/parse.ts";

const FILES = [
  "flows/bench-menu.yaml",
  "flows/bench-quiz.yaml",
  "locales/vi/bench-menu.yaml",
  "locales/vi/bench-quiz.yaml",
  "locales/en/bench-menu.yaml",
  "locales/en/bench-quiz.yaml",
];

/** The product with all its flows, words and content, and the measured conversation as two more flows. */
export async function openBenchApp(): Promise<App> {
  const own = await Promise.all(
    FILES.map(async (file) => [file, await readFile(join(import.meta.dirname, file), "utf8")] as const),
  );
  const { bundle, findings } = parseFiles(new Map([...(await readFolder(ROOT)), ...own]));
  if (bundle === null || !bundle.flows.has("bench-quiz")) {
    throw new Error(`the content cannot be read: ${findings.map(({ message }) => message).join("; ")}`);
  }
  return assembleApp(bundle, { profile: null, slots: {}, random: seededRandom(1) });
}
