import { z } from "zod";
import type { Config } from "../config.ts";
import { answerCommand, type CommandAnswer, CommandRequest } from "../desk/command/command.ts";
import type { Desk } from "../desk/desk.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import { handOver } from "./desk-hand-over.ts";
import { KEEP_MEDIA, keepMedia } from "./desk-media.ts";
import { printed } from "./desk-print.ts";
import { readDeskTexts } from "./desk-texts.ts";
import { inputFile, typedWords } from "./desk-words.ts";

export interface DeskOptions {
  readonly as?: string;
  readonly file?: string;
  readonly set?: readonly string[];
  readonly lang?: Lang;
  readonly json?: true;
}

/**
 * Opens the desk of a data folder that nobody else has, uses it and closes it again. Rejects with `AppError`:
 * data_folder_in_use while a bot or another command has the folder.
 */
export type WithDesk = <T>(config: Config, use: (desk: Desk) => Promise<T>) => Promise<T>;

/**
 * Does what the pages of the desk do, as a member of staff: `argv` is the name of an action or query, words and
 * `--field text`. Resolves with the exit status: 0 done, 1 refused, 2 wrong use.
 */
export async function desk(
  config: Config,
  argv: readonly string[],
  options: DeskOptions,
  withDesk: WithDesk,
): Promise<number> {
  const { as, file, set = [], lang = "vi", json } = options;
  const { words, fields } = typedWords(argv, set);
  const request = {
    words: words.length === 0 ? ["actions"] : words,
    fields,
    input: await inputFile(file),
    ...(as !== undefined && { as }),
  };
  const answer = await answered(config, asRequest(request), withDesk);
  const { code, out, err } = printed(answer, await readDeskTexts(lang), json === true);
  if (out !== "") process.stdout.write(`${out}\n`);
  if (err !== "") process.stderr.write(`${err}\n`);
  return code;
}

function asRequest(typed: unknown): CommandRequest {
  const parsed = CommandRequest.safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new AppError("input_invalid", `This command is too long:\n${z.prettifyError(parsed.error)}`);
}

/** In this process when no bot has the data folder, else by the one that has it. */
async function answered(config: Config, request: CommandRequest, withDesk: WithDesk): Promise<CommandAnswer> {
  const [group, verb, path] = request.words;
  if (group === KEEP_MEDIA[0] && verb === KEEP_MEDIA[1]) return keepMedia(config.DATA_DIR, path ?? "");
  const base = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
  try {
    return await withDesk(config, (own) => answerCommand(own, request, { now: Date.now(), base, running: false }));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "data_folder_in_use") throw error;
    return handOver(config.DATA_DIR, request);
  }
}
