import { GrammyError, HttpError } from "grammy";
import { ChannelError, type SendFailure } from "../channel-error.ts";
import { neverLeft } from "../never-left.ts";

/** What a failed call means for the delivery. Nothing of the call itself (address, text, URL with the token) goes along. */
export function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  if (error instanceof GrammyError) return answered(error);
  if (error instanceof HttpError) return unanswered(error);
  return new ChannelError("refused", "unexpected");
}

/** Whether Telegram itself says that the token is not one: 404 answers one that is no token at all. */
export function isTokenRefused(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/** Seconds a 429 asks for, as milliseconds; undefined for every other failure. */
export function pauseAskedMs(error: unknown): number | undefined {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return undefined;
  const seconds = error.parameters.retry_after;
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** Telegram's own words that may be told on: they name no person, address or text. */
const KNOWN = [
  "bot was blocked by the user",
  "user is deactivated",
  "bot can't initiate conversation with a user",
  "bot was kicked",
  "chat not found",
  "user not found",
  "PEER_ID_INVALID",
  "group chat was upgraded",
  "message is too long",
  "message text is empty",
  "message caption is too long",
  "BUTTON_DATA_INVALID",
  "BUTTON_URL_INVALID",
  "VOICE_MESSAGES_FORBIDDEN",
  "file is too big",
  "Request Entity Too Large",
];
const GONE = /chat not found|user not found|PEER_ID_INVALID|user is deactivated|bot was kicked/;

function answered(error: GrammyError): ChannelError {
  const known = KNOWN.find((words) => error.description.includes(words));
  const detail = known === undefined ? String(error.error_code) : `${error.error_code} ${known}`;
  return new ChannelError(failureOf(error), detail, pauseAskedMs(error));
}

function failureOf({ error_code, description }: GrammyError): SendFailure {
  if (error_code === 429) return "rate-limited";
  if (error_code === 401 || error_code === 404) return "unauthorised";
  if (error_code === 403) return "unreachable";
  if (error_code === 409 || error_code >= 500) return "busy";
  return GONE.test(description) ? "unreachable" : "refused";
}

function unanswered({ error }: HttpError): ChannelError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "no-answer";
  return new ChannelError(neverLeft(code) ? "unavailable" : "uncertain", code);
}
