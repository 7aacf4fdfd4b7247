import { join } from "node:path";
import type { Content, Segment } from "../../src/broadcast/broadcast.ts";
import type { PreviewSources } from "../../src/broadcast/previews.ts";
import { createSources } from "../../src/broadcast/sources.ts";
import type { Bundle } from "../../src/content/bundle.ts";
import { readFolder } from "../../src/content/files.ts";
import { parseFiles } from "../../src/content/parse.ts";
import { linkProgram, type Program } from "../../src/flow/program.ts";
import { createTexts } from "../../src/language/texts.ts";

const ROOT = join(import.meta.dirname, "../..");
const NOBODY = { vi: "", en: "" };

/** What broadcasts are made from, out of the content of this bot. */
export async function ownSources(
  publicFiles = false,
): Promise<{ bundle: Bundle; program: Program; sources: PreviewSources }> {
  const { bundle } = parseFiles(await readFolder(ROOT));
  if (bundle === null) throw new Error("the content cannot be read; npm run check says why");
  const program = linkProgram(bundle.program, bundle.flows.values());
  const say = createTexts(bundle.texts, { operator: NOBODY, operator_hours: NOBODY });
  return { bundle, program, sources: createSources(bundle, program, say, publicFiles) };
}

export const SEGMENT: Segment = { topics: ["campaign"], channels: [], langs: [], places: [] };

export type MessageContent = Extract<Content, { kind: "message" }>;

export function message(changes: Partial<MessageContent> = {}): MessageContent {
  return {
    kind: "message",
    text: { vi: "Chào bạn.\n\nHôm nay có một buổi gặp mặt.", en: "Hello.\n\nThere is a meeting today." },
    ways: [
      { payload: "tips", label: { vi: "Mẹo hôm nay", en: "Today's tip" } },
      { quiz: "digital-age", label: { vi: "Chơi đố vui", en: "Play the quiz" } },
    ],
    ...changes,
  };
}
