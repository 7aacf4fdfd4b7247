import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";

const AskedLine = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

/**
 * Answers `{"id","text"}` lines, one JSON line each, in their order. A line that is something else is told with its
 * number, never with its text, and the others are answered all the same. Resolves with how many were wrong.
 */
export async function answerLines(
  answer: (text: string) => object,
  { input, output, errors }: { input: Readable; output: Writable; errors: Writable },
): Promise<number> {
  let number = 0;
  let wrong = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    const asked = read(line);
    if (asked === null) {
      wrong++;
      errors.write(`line ${number}: write {"id": "…", "text": "…"} as JSON on one line\n`);
      continue;
    }
    const more = output.write(`${JSON.stringify({ id: asked.id, ...answer(asked.text) })}\n`);
    if (!more) await once(output, "drain");
  }
  return wrong;
}

function read(line: string): z.infer<typeof AskedLine> | null {
  try {
    return AskedLine.safeParse(JSON.parse(line.replace(/^\uFEFF/, ""))).data ?? null;
  } catch {
    return null;
  }
}
