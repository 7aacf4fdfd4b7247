import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { cancel, password, text } from "@clack/prompts";
import { vietnamDay } from "../campaign/vietnam-day.ts";
import { ChannelError } from "../channels/channel-error.ts";
import { createAccess, whoIs } from "../channels/zalo-oa/access.ts";
import { CALLBACK_PATH, challengeOf, consentLink, readPasted } from "../channels/zalo-oa/consent.ts";
import { createOauth } from "../channels/zalo-oa/oauth.ts";
import { pairByHand, type TokenPair } from "../channels/zalo-oa/token-pair.ts";
import { WEBHOOK_PATH } from "../channels/zalo-oa/webhook.ts";
import type { Config, ZaloOaSettings } from "../config.ts";
import { readDay } from "../directory/days.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import { openKeyring } from "../stores/keyring.ts";
import { type App, openApp } from "./app.ts";
import { withTeam } from "./team-folder.ts";
import { type ZaloOaTokens, zaloOaTokens } from "./zalo-oa-tokens.ts";

export interface LoginOptions {
  readonly lang?: Lang;
  /** The address that the browser landed on, or the code in it; asked for when absent. */
  readonly paste?: string;
  /** Take a pair of tokens that somebody has, by questions or as two words on standard input. */
  readonly tokens?: true;
}

/** Guides an operator through the login of a Zalo Official Account. The bot must not be running. */
export async function zaloOaLogin(config: Config, options: LoginOptions): Promise<void> {
  const { lang = "vi" } = options;
  const app = await openApp({ profile: null, slots: {}, random: Math.random });
  const say = sayIn(app, lang);
  const { zaloOa: settings, PUBLIC_URL: publicUrl } = config;
  if (settings === undefined) throw new AppError("config_invalid", say("settings_missing"));
  if (publicUrl === undefined) throw new AppError("config_invalid", say("public_url_missing"));
  await withTeam(config, async (team) => {
    const tokens = zaloOaTokens(team, await openKeyring(resolve(config.DATA_DIR)));
    const login: Login = { settings, publicUrl, tokens, say };
    try {
      print(outcome(login, await (options.tokens ? withPair(login) : withConsent(login, options.paste))));
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      cancel(say("stopped"));
    }
  });
}

/** The operator pressed Ctrl+C. */
class Cancelled extends Error {}

type Say = (key: string, params?: Readonly<Record<string, string>>) => string;

interface Login {
  readonly settings: ZaloOaSettings;
  readonly publicUrl: string;
  readonly tokens: ZaloOaTokens;
  readonly say: Say;
}

interface LoggedIn {
  readonly pair: TokenPair;
  /** Of the account. */
  readonly name: string;
  /** Why the network did not tell it; empty when it did. */
  readonly error: string;
}

/** Texts of this command; a key that does not exist comes out as nothing, for advice that only some codes have. */
function sayIn({ bundle, say }: App, lang: Lang): Say {
  return (name, params) => {
    const key = `zalo-oa-login.${name}`;
    return bundle.texts[lang].has(key) ? say({ key, ...(params && { params }) }, lang) : "";
  };
}

function print(lines: string): void {
  process.stdout.write(`${lines}\n`);
}

/** By the consent of an admin of the account: OAuth v4 with PKCE. */
async function withConsent(login: Login, paste: string | undefined): Promise<LoggedIn> {
  const { settings, publicUrl, tokens, say } = login;
  const verifier = await tokens.verifier();
  const pasted = paste ?? (await askForAddress(login, guide(say, settings, publicUrl, verifier)));
  const code = codeIn(pasted, verifier, say);
  const answer = await createOauth(settings, Date.now).exchange(code, verifier).catch(unreachable(say));
  if (answer.kind === "refused") throw new AppError("network_refused", refusal(say, answer.error));
  await tokens.write(answer.pair);
  return lookAt(login, answer.pair);
}

function guide(say: Say, settings: ZaloOaSettings, publicUrl: string, verifier: string): string {
  const callback = `${publicUrl}${CALLBACK_PATH}`;
  const link = consentLink(settings, callback, verifier);
  return say("guide", { callback, challenge: challengeOf(verifier), link });
}

async function askForAddress({ say }: Login, steps: string): Promise<string> {
  print(`${say("title")}\n\n${steps}\n`);
  if (!process.stdin.isTTY) throw new AppError("input_invalid", say("no_terminal"));
  return answered(text({ message: say("paste"), validate: (value) => (value?.trim() ? undefined : say("required")) }));
}

async function answered(asked: Promise<string | symbol>): Promise<string> {
  const given = await asked;
  if (typeof given === "symbol") throw new Cancelled();
  return given;
}

function codeIn(address: string, verifier: string, say: Say): string {
  const pasted = readPasted(address, verifier);
  if (pasted.kind === "code") return pasted.code;
  if (pasted.kind === "refused") throw new AppError("network_refused", refusal(say, pasted.error));
  throw new AppError("input_invalid", say(pasted.kind === "other-login" ? "other_login" : "unclear"));
}

/** What the code means where it is known, else the usual reasons. */
function refusal(say: Say, error: string): string {
  return `${say("refused", { error })} ${advice(say, error) || say("refused_why")}`;
}

function advice(say: Say, error: string): string {
  return say(`code.${error.replace("-", "")}`);
}

function unreachable(say: Say): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ChannelError)) throw error;
    throw new AppError("network_refused", say("unreachable", { detail: error.detail }));
  };
}

/** Of the API Explorer. Nothing is written before the network took one of the two. */
async function withPair(login: Login): Promise<LoggedIn> {
  const { tokens, say } = login;
  const [accessToken = "", refreshToken = ""] = process.stdin.isTTY ? await askForPair(say) : await readPair();
  if (accessToken === "" || refreshToken === "") throw new AppError("input_invalid", say("tokens_two"));
  const entered = pairByHand(accessToken, refreshToken, Date.now());
  const found = await lookAt(login, entered);
  if (found.error !== "") throw new AppError("network_refused", refusal(say, found.error));
  if (found.pair === entered) await tokens.write(entered);
  return found;
}

/** Asks for the account's name. An access token that is too old is renewed, and the new pair written. */
async function lookAt({ settings, tokens }: Login, entered: TokenPair): Promise<LoggedIn> {
  let pair = entered;
  const write = async (renewed: TokenPair): Promise<void> => {
    await tokens.write(renewed);
    pair = renewed;
  };
  const access = createAccess(settings, { read: async () => pair, write }, () => undefined, Date.now);
  await access.tokens.load();
  try {
    const { error, name } = await whoIs(access.call);
    return { pair, name, error: error === 0 ? "" : String(error) };
  } catch (error) {
    if (error instanceof ChannelError) return { pair, name: "", error: error.detail };
    throw error;
  }
}

function outcome({ say, publicUrl }: Login, { pair, name, error }: LoggedIn): string {
  const day = (at: number) => readDay(vietnamDay(at));
  const until = { access: day(pair.accessUntil), refresh: day(pair.refreshUntil) };
  const done = error === "" ? say("done", { name, ...until }) : say("unchecked", { error, ...until });
  return [done, advice(say, error), say("next", { webhook: `${publicUrl}${WEBHOOK_PATH}` })]
    .filter(Boolean)
    .join("\n\n");
}

async function askForPair(say: Say): Promise<readonly string[]> {
  const accessToken = await answered(password({ message: say("access_token") }));
  return [accessToken.trim(), (await answered(password({ message: say("refresh_token") }))).trim()];
}

async function readPair(): Promise<readonly string[]> {
  return (await readAll(process.stdin)).trim().split(/\s+/);
}
