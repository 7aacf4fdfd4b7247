import { type Faults, noFaults } from "../network.ts";
import { type Chance, createChance } from "../shared/chance.ts";
import { createLedger, type Ledger } from "../shared/ledger.ts";
import { createScreen, type PhoneScreen } from "../shared/screen.ts";
import type { Button } from "./attachment.ts";
import { createTokens, type Tokens } from "./tokens.ts";

/** What differs between accounts one may meet. */
export interface ZaloOaOptions {
  readonly appId?: string;
  readonly appSecret?: string;
  readonly oaSecretKey?: string;
  readonly oaId?: string;
  /** Whether messages with buttons are taken, or refused with -233 and -201 by turns; refused. */
  readonly buttons?: "accepted" | "refused";
  /** Which timestamp the signature covers: the body's (default), or that of `X-ZEvent-Timestamp`. */
  readonly signWith?: "body" | "header";
  /** Which id the signature covers; app. */
  readonly signId?: "app" | "oa";
  /** Whether the signature starts with `mac=`; true. */
  readonly prefix?: boolean;
  /** Answers in the free time after an interaction that cost nothing; 8. */
  readonly freeReplies?: number;
  /** Messages that are paid for; without end. */
  readonly paidMessages?: number;
  /** Requests of the app in a minute; 4,000. */
  readonly perMinute?: number;
  /** Whether echoes, "received" and "seen" are reported after each message; true. */
  readonly receipts?: boolean;
  /** What sending to somebody who blocked the account is answered with; -217. */
  readonly blockedWith?: -213 | -217 | -227 | -244;
  /** `expires_in` as text (default) or as a number. */
  readonly expiresIn?: "string" | "number";
  /** Errors inside HTTP 200 (default), or with 400. */
  readonly errorStatus?: "ok" | "real";
  /** Whether the webhook is switched off once its five repetitions have failed, as the real one does; false. */
  readonly givesUp?: boolean;
  /** Pauses between attempts at the webhook; 30 ms to 3 s in the place of 30 s to 1 h. */
  readonly retryMs?: readonly number[];
  /** Ids in events as text (default), or as numbers too large for a number. */
  readonly ids?: "string" | "number";
  /** Share of replies with nothing but `message_id`; 0. */
  readonly bareReplies?: number;
  readonly seed?: number;
}

/** One person as this account knows them. */
export interface OaUser {
  readonly id: string;
  readonly name: string;
  readonly screen: PhoneScreen;
  /** Buttons below each message of the bot. */
  readonly buttons: Map<string, readonly Button[]>;
  follower: boolean;
  blocked: boolean;
  /** Milliseconds since 1970; null: never. */
  lastInteraction: number | null;
  /** Free answers left. */
  free: number;
}

/** What the operator entered in the console of the app. */
export interface OaConsole {
  readonly callback: string;
  /** Base64url of the SHA-256 of the verifier. */
  readonly challenge: string;
}

/** Everything a local network of one Official Account knows. */
export interface OaState {
  readonly options: Required<ZaloOaOptions>;
  readonly faults: Faults;
  readonly chance: Chance;
  readonly ledger: Ledger;
  readonly tokens: Tokens;
  readonly users: Map<string, OaUser>;
  console: OaConsole | null;
  /** The webhook; null: none, or switched off. */
  webhook: string | null;
  /** How far the network's clock is ahead of the machine's. */
  aheadMs: number;
  now(): number;
}

const DEFAULTS: Required<ZaloOaOptions> = {
  appId: "3600000000000000001",
  appSecret: "local-app-secret",
  oaSecretKey: "local-oa-secret-key",
  oaId: "3800000000000000001",
  buttons: "refused",
  signWith: "body",
  signId: "app",
  prefix: true,
  freeReplies: 8,
  paidMessages: Number.POSITIVE_INFINITY,
  perMinute: 4_000,
  receipts: true,
  blockedWith: -217,
  expiresIn: "string",
  errorStatus: "ok",
  givesUp: false,
  retryMs: [30, 100, 300, 1_000, 3_000],
  ids: "string",
  bareReplies: 0,
  seed: 1,
};

export function createOaState(given: ZaloOaOptions): OaState {
  const options = { ...DEFAULTS, ...given };
  const now = () => Date.now() + state.aheadMs;
  const state: OaState = {
    options,
    faults: noFaults(),
    chance: createChance(options.seed),
    ledger: createLedger(),
    tokens: createTokens(now),
    users: new Map(),
    console: null,
    webhook: null,
    aheadMs: 0,
    now,
  };
  return state;
}

/** The person of this id, who is a stranger at first. */
export function userOf(state: OaState, id: string, name: string): OaUser {
  const known = state.users.get(id);
  if (known !== undefined) return known;
  const user: OaUser = {
    id,
    name,
    screen: createScreen(),
    buttons: new Map(),
    follower: false,
    blocked: false,
    lastInteraction: null,
    free: 0,
  };
  state.users.set(id, user);
  return user;
}
