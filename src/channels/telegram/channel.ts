import { setTimeout as wait } from "node:timers/promises";
import { Api } from "grammy";
import { ChannelError } from "../channel-error.ts";
import { limitsOf } from "../limits.ts";
import type { ChannelLimits, PushChannel, PushDeps, SentMessages } from "../port.ts";
import { lockToken, type TokenLock } from "../token-lock.ts";
import { connect } from "./connect.ts";
import { Courtesies } from "./courtesies.ts";
import { decode } from "./decode.ts";
import { createInlet, type Inlet } from "./inlet.ts";
import { Outage } from "./outage.ts";
import { pollUpdates } from "./poll.ts";
import { setProfile } from "./profile.ts";
import { RecentChats } from "./recent-chats.ts";
import { createSend } from "./send.ts";
import { createWebhook, type WebhookDeps, webhookNames } from "./webhook.ts";

export interface TelegramSettings {
  readonly token: string;
  /** Such as `https://api.telegram.org`. */
  readonly apiRoot: string;
  /** Messages a second, where Telegram permits this bot another number than every bot. */
  readonly rate?: number;
}

/** A call that is not answered after this time may or may not have had its effect. */
const CALL_S = 20;
/** Long polls last 30 seconds. */
const POLL_S = 45;

/**
 * Telegram through grammY: by webhook where there is a public address, else by asking. `claim` gives the right to ask
 * on this machine; null when another process has it.
 */
export function createTelegram(
  deps: PushDeps,
  { token, apiRoot, rate }: TelegramSettings,
  claim: typeof lockToken = lockToken,
): PushChannel {
  const root = apiRoot.replace(/\/+$/, "");
  const api = new Api(token, { apiRoot: root, timeoutSeconds: CALL_S });
  const pollApi = new Api(token, { apiRoot: root, timeoutSeconds: POLL_S });
  const life = new AbortController();
  const recent = new RecentChats();
  const outage = new Outage(deps.report, Math.random);
  const names = webhookNames(deps.secret);
  const send = createSend(api, deps, recent);
  let username: string | undefined;
  const courtesies = new Courtesies(api, life.signal);
  const inlet = createInlet(deps.handle, recent, courtesies, () =>
    username === undefined ? null : pointer(deps, username),
  );
  let open = false;
  let lock: TokenLock | null = null;
  let background: Promise<void> = Promise.resolve();
  const isOpen = () => open;
  const press = (query: string) => courtesies.press(query);
  return {
    limits: limitsWith(rate),
    webhooks: deps.publicUrl === undefined ? [] : [createWebhook({ ...deps, names, inlet, press, isOpen })],
    async start() {
      if (deps.publicUrl === undefined) {
        lock = claim(`${token} ${root}`);
        if (lock === null) return deps.report(SECOND_POLLER);
      }
      const named = (name: string) => {
        username = name;
      };
      const { connected } = await connect({ ...deps, api, names, outage, pause, named }, life.signal);
      open = true;
      background = connected.then(async () => {
        if (life.signal.aborted) return;
        const profile = setProfile(api, deps, life.signal);
        if (deps.publicUrl === undefined) await poll({ ...deps, press }, pollApi, outage, inlet, life.signal);
        await profile;
      });
    },
    send: (address, message, signal) => watched(send(address, message, signal), outage),
    async stop() {
      open = false;
      life.abort();
      await background;
      await inlet.idle();
      lock?.release();
    },
  };
}

/** So many requests a quarter of a second long have to be open at a time, or the rate could not be used. */
function limitsWith(perSecond: number | undefined): ChannelLimits {
  const limits = limitsOf("telegram");
  if (limits.rate === null || perSecond === undefined) return limits;
  const atOnce = Math.max(limits.rate.atOnce, Math.ceil(perSecond / 4));
  return { ...limits, rate: { ...limits.rate, perSecond, atOnce } };
}

/** On one machine the lock tells who was there first, however short ago that was; between machines, `poll.ts` does. */
const SECOND_POLLER = { channel: "telegram", level: "error", code: "second-poller", facts: { fatal: true } } as const;

type PollParts = PushDeps & Pick<WebhookDeps, "press">;

function poll(deps: PollParts, api: Api, outage: Outage, inlet: Inlet, signal: AbortSignal): Promise<void> {
  const { report, now, press } = deps;
  const take = async (update: unknown) => {
    const decoded = decode(update, now());
    if (decoded !== null) await inlet.take(decoded, press);
  };
  return pollUpdates({ api, outage, report, now, take, pause, random: Math.random }, signal);
}

/** With a webhook nothing but a message tells that the token was taken back. */
async function watched(sent: Promise<SentMessages>, outage: Outage): Promise<SentMessages> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof ChannelError && error.failure === "unauthorised") outage.tokenRefused();
    throw error;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

/** What a group is told, in both languages. */
function pointer({ text }: PushDeps, username: string): string {
  const link = `https://t.me/${username}`;
  return [text("telegram.group", "vi", { link }), text("telegram.group", "en", { link })].join("\n\n");
}
