import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandAnswer } from "../desk/command/command.ts";
import { createMedia } from "../desk/media.ts";
import { DeskProblem } from "../desk/problem.ts";
import { AppError } from "../errors.ts";

/** Words of the command that keeps a picture or recording, behind which the file is named. */
export const KEEP_MEDIA = ["media", "keep"] as const;

/**
 * Keeps a picture or recording for a broadcast, and answers with its name there. It is named by what it holds, so this
 * disturbs no bot that runs. Rejects with `AppError`: input_invalid when the file cannot be read.
 */
export async function keepMedia(dataFolder: string, path: string): Promise<CommandAnswer> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError("input_invalid", `${path} cannot be read. Check the path.`, { cause });
  });
  try {
    return { kind: "done", result: await createMedia({ folder: join(dataFolder, "media") }).keep({ bytes }) };
  } catch (error) {
    if (!(error instanceof DeskProblem)) throw error;
    return { kind: "refused", problem: error.problem, issues: [...error.issues] };
  }
}
