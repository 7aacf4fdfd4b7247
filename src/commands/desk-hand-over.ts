import axios from "axios";
import { CommandAnswer, type CommandRequest } from "../desk/command/command.ts";
import { COMMAND_PATH, COMMAND_PURPOSE } from "../desk/command/route.ts";
import { AppError } from "../errors.ts";
import { openKeyring } from "../stores/keyring.ts";
import { readAddress } from "../stores/running-address.ts";

/** A test message has to reach its network meanwhile. */
const ANSWER_MS = 60_000;

/**
 * Hands a command to the bot that has the data folder. Rejects with `AppError`: data_folder_in_use when whoever has it
 * takes none, desk_unreachable when it does not answer as it should. A command is never handed over twice.
 */
export async function handOver(folder: string, request: CommandRequest): Promise<CommandAnswer> {
  const address = await readAddress(folder);
  if (address === null) {
    throw new AppError(
      "data_folder_in_use",
      "Another command has the data folder, or An Tâm is starting or stopping. Try again.",
    );
  }
  const { status, data } = await post(address, (await openKeyring(folder)).secretFor(COMMAND_PURPOSE), request);
  const answer = CommandAnswer.safeParse(data);
  if (status === 200 && answer.success) return answer.data;
  throw new AppError("desk_unreachable", `An Tâm at ${address} did not do it (${status}). ${ADVICE[status] ?? LOOK}`);
}

const LOOK = "Look at its log, and at the desk whether anything was changed.";
const ADVICE: Readonly<Record<number, string>> = {
  400: "It is another version than this command: start it again.",
  404: "It takes commands at loopback addresses only: set HOST to 127.0.0.1 or 0.0.0.0, or stop it first.",
  413: "The input is too large.",
};

async function post(
  address: string,
  secret: string,
  request: CommandRequest,
): Promise<{ status: number; data: unknown }> {
  try {
    return await axios.post<unknown>(`${address}${COMMAND_PATH}`, request, {
      headers: { authorization: `Bearer ${secret}` },
      timeout: ANSWER_MS,
      maxRedirects: 0,
      proxy: false,
      validateStatus: () => true,
    });
  } catch (error) {
    // Without `cause`: the error of axios holds the header.
    const code = axios.isAxiosError(error) ? (error.code ?? "unknown") : "unknown";
    throw new AppError("desk_unreachable", `An Tâm at ${address} did not answer (${code}). ${LOOK}`);
  }
}
