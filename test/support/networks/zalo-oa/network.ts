import type { Network } from "../network.ts";
import { withFaults } from "../shared/chance.ts";
import { type Call, gatewayPage, json, listen, type Outage, type Reply } from "../shared/http-server.ts";
import { postOnce } from "../shared/postman.ts";
import { createApi } from "./api.ts";
import { createOutbox, type SignedEvent, sign, stamped } from "./events.ts";
import { createOAuth, type OAuth } from "./oauth.ts";
import { createPhones, type ZaloOaPhone } from "./phone.ts";
import { createOaState, type OaConsole, type OaState, type ZaloOaOptions } from "./state.ts";
import type { Pair } from "./tokens.ts";

/** A local Zalo Official Account with its app: API, OAuth and console. */
export interface ZaloOaNetwork extends Network {
  /** The same server: its paths do not overlap. */
  readonly oauthRoot: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly oaSecretKey: string;
  readonly oaId: string;
  phone(name: string): ZaloOaPhone;
  /** Where events go. Setting it is what the operator does in the console; it is kept whatever the probe finds. */
  webhook: string | null;
  /** The same; resolves with the status that the unsigned probe `{}` got, null when nobody answered. */
  saveWebhook(url: string): Promise<number | null>;
  /** Statuses that the webhook answered with, and how often. */
  readonly answers: ReadonlyMap<number, number>;
  /** What the operator enters in the console before the administrator can agree. */
  saveConsole(console: OaConsole): void;
  /** The link that the console makes of it. */
  consentLink(state?: string): string;
  /** The administrator opens this link and agrees. Rejects with the network's error. */
  consent(url: string): Promise<{ code: string; oaId: string; state: string | null; address: string }>;
  /** A pair by hand, as the console's API Explorer gives it; the pair before it dies. */
  issuePair(): Pair;
  expireAccess(): void;
  killRefresh(): void;
  /** An event with app id and time, signed as this network signs: for tests that post themselves. */
  signed(event: Readonly<Record<string, unknown>>): SignedEvent;
  /** Sends such an event to the webhook. */
  emit(event: Readonly<Record<string, unknown>>): void;
  /** A visitor without a Zalo account writes. */
  anonymous(text: string): void;
  /** Moves the network's clock ahead. */
  forward(ms: number): void;
  outage: Outage;
}

/** Starts it on a free port. */
export async function startZaloOaNetwork(options: ZaloOaOptions = {}): Promise<ZaloOaNetwork> {
  const state = createOaState(options);
  const outbox = createOutbox(state);
  const api = createApi(state, outbox);
  const oauth = createOAuth(state);
  const { appId, appSecret, oaSecretKey, oaId } = state.options;
  let outage: Outage = "none";
  const server = await listen(
    (call) => route(state, call, api, oauth),
    () => outage,
  );
  const emit = (event: Readonly<Record<string, unknown>>) => outbox.emit("", event);
  return {
    ...state.ledger,
    ...{ appId, appSecret, oaSecretKey, oaId },
    root: server.root,
    oauthRoot: server.root,
    faults: state.faults,
    phone: createPhones(state, outbox),
    waiting: outbox.waiting,
    get webhook() {
      return state.webhook;
    },
    set webhook(url) {
      state.webhook = url;
      if (url !== null) void probe(url);
    },
    saveWebhook: (url) => {
      state.webhook = url;
      return probe(url);
    },
    saveConsole: (console) => {
      state.console = console;
    },
    consentLink: (kept) => consentLink(state, server.root, kept),
    consent,
    ...state.tokens,
    issuePair: state.tokens.issue,
    signed: (event) => sign(state, stamped(state, event)),
    emit,
    anonymous: (text) => emit(anonymousEvent(state, text)),
    forward: (ms) => {
      state.aheadMs += ms;
    },
    get outage() {
      return outage;
    },
    set outage(next) {
      outage = next;
    },
    close: async () => {
      outbox.close();
      await server.close();
    },
  };
}

async function route(state: OaState, call: Call, api: (call: Call) => Promise<Reply>, oauth: OAuth): Promise<Reply> {
  if (call.path === "/v4/oa/permission") return oauth.permission(call);
  if (call.path === "/v4/oa/access_token") return tokenReply(state, oauth, call);
  if (/^\/v[23]\.0\/oa\//.test(call.path)) return api(call);
  return json({ error: -201, message: "no such address" }, 404);
}

/** Badly as the faults say, but never cut after the old pair has died: that would end every run. */
function tokenReply(state: OaState, oauth: OAuth, call: Call): Promise<Reply> {
  const failing = () => gatewayPage(500);
  return withFaults({
    ...state,
    faults: { ...state.faults, cutAfter: 0, tooMany: 0 },
    failing,
    tooMany: failing,
    work: async () => ({ reply: await oauth.accessToken(call), cut: () => undefined }),
  });
}

/** What the console does when a webhook is saved. */
async function probe(url: string): Promise<number | null> {
  const result = await postOnce(
    { url, headers: { "content-type": "application/json" }, body: Buffer.from("{}") },
    { deadlineMs: 2_000 },
  );
  return typeof result === "number" ? result : null;
}

function consentLink({ options, console }: OaState, root: string, kept: string | undefined): string {
  if (console === null) throw new Error("the console has no callback yet");
  const params = { app_id: options.appId, redirect_uri: console.callback, code_challenge: console.challenge };
  const query = new URLSearchParams({ ...params, ...(kept !== undefined && { state: kept }) });
  return `${root}/v4/oa/permission?${query.toString()}`;
}

async function consent(url: string): Promise<{ code: string; oaId: string; state: string | null; address: string }> {
  const response = await fetch(url, { redirect: "manual" });
  const address = response.headers.get("location");
  if (address === null) throw new Error(await response.text());
  const { searchParams } = new URL(address);
  const [code, oaId] = [searchParams.get("code"), searchParams.get("oa_id")];
  if (code === null || oaId === null) throw new Error("the callback brings no code");
  return { code, oaId, state: searchParams.get("state"), address };
}

function anonymousEvent({ options }: OaState, text: string): Readonly<Record<string, unknown>> {
  return {
    event_name: "anonymous_send_text",
    sender: { anonymous_id: "4d4f1c2b3a", conversation_id: "9f8e7d6c5b" },
    recipient: { id: options.oaId },
    message: { msg_id: "96anonymous1", text },
  };
}
