import { setTimeout as wait } from "node:timers/promises";
import { Api } from "grammy";
import { limitsOf } from "../limits.ts";
import type { PushChannel, PushDeps } from "../port.ts";
import { connect } from "./connect.ts";
import { Courtesies } from "./courtesies.ts";
import { decode } from "./decode.ts";
import { createInlet, type Inlet } from "./inlet.ts";
import { Outage } from "./outage.ts";
import { pollUpdates } from "./poll.ts";
import { setProfile } from "./profile.ts";
import { RecentChats } from "./recent-chats.ts";
import { createSend } from "./send.ts";
import { createWebhook, webhookNames } from "./webhook.ts";

export interface TelegramSettings {
  readonly token: string;
  /** Such as `https://api.telegram.org`. */
  readonly apiRoot: string;
}

/** A call that is not answered after this time may or may not have had its effect. */
const CALL_S = 20;
/** Long polls last 30 seconds. */
const POLL_S = 45;

/** Telegram through grammY: by webhook where there is a public address, else by asking. */
export function createTelegram(deps: PushDeps, { token, apiRoot }: TelegramSettings): PushChannel {
  const root = apiRoot.replace(/\/+$/, "");
  const api = new Api(token, { apiRoot: root, timeoutSeconds: CALL_S });
  const pollApi = new Api(token, { apiRoot: root, timeoutSeconds: POLL_S });
  const life = new AbortController();
  const recent = new RecentChats();
  const outage = new Outage(deps.report, Math.random);
  const names = webhookNames(deps.secret);
  let username: string | undefined;
  const courtesies = new Courtesies(api, life.signal);
  const inlet = createInlet(deps.handle, recent, courtesies, () =>
    username === undefined ? null : pointer(deps, username),
  );
  let open = false;
  let background: Promise<void> = Promise.resolve();
  const isOpen = () => open;
  return {
    limits: limitsOf("telegram"),
    webhooks: deps.publicUrl === undefined ? [] : [createWebhook({ ...deps, names, inlet, isOpen })],
    async start() {
      const named = (name: string) => {
        username = name;
      };
      const { connected } = await connect({ ...deps, api, names, outage, pause, named }, life.signal);
      open = true;
      background = connected.then(async () => {
        if (life.signal.aborted) return;
        const profile = setProfile(api, deps, life.signal);
        if (deps.publicUrl === undefined) await poll(deps, pollApi, outage, inlet, life.signal);
        await profile;
      });
    },
    send: createSend(api, deps, recent),
    async stop() {
      open = false;
      life.abort();
      await background;
      await inlet.idle();
    },
  };
}

function poll(deps: PushDeps, api: Api, outage: Outage, inlet: Inlet, signal: AbortSignal): Promise<void> {
  const { report, now } = deps;
  const take = async (update: unknown) => {
    const decoded = decode(update, now());
    if (decoded !== null) await inlet.take(decoded);
  };
  return pollUpdates({ api, outage, report, now, take, pause, random: Math.random }, signal);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

/** What a group is told, in both languages. */
function pointer({ text }: PushDeps, username: string): string {
  const link = `https://t.me/${username}`;
  return [text("telegram.group", "vi", { link }), text("telegram.group", "en", { link })].join("\n\n");
}
