import { AppError } from "../../errors.ts";
import { ChannelError } from "../channel-error.ts";
import { limitsOf } from "../limits.ts";
import type { ChannelLimits, PushChannel, PushDeps } from "../port.ts";
import { lockToken, type TokenLock } from "../token-lock.ts";
import type { AllowanceStore } from "./allowance.ts";
import { watchAllowance } from "./allowance-watch.ts";
import { createClient } from "./client.ts";
import { checkToken, ensureWebhook, removeWebhook } from "./connect.ts";
import { createIntake } from "./intake.ts";
import { Outage } from "./outage.ts";
import { poll } from "./poll.ts";
import { createSender } from "./send.ts";
import { createWebhook } from "./webhook.ts";

/** The operator's bot and what its plan permits; nothing of that is published for certain. */
export interface ZaloBotSettings {
  readonly token: string;
  /** Such as `https://bot-api.zaloplatforms.com`, without a slash at the end. */
  readonly apiRoot: string;
  /** Messages of the whole bot in any second. */
  readonly rate: number;
  /** How many people may use the bot. */
  readonly userCap: number;
  readonly monthlyMessages: number;
  readonly allowance: AllowanceStore;
  /** How long the network may keep a poll open; 30 s unless told. */
  readonly pollSeconds?: number;
}

/** The Zalo Bot Platform: a webhook where the server has a public address, polling otherwise. */
export function createZaloBot(deps: PushDeps, settings: ZaloBotSettings): PushChannel {
  const { report } = deps;
  const limits = limitsWith(settings.rate);
  const client = createClient(settings);
  const caps = { people: settings.userCap, messages: settings.monthlyMessages };
  const allowance = watchAllowance({ store: settings.allowance, caps, secret: deps.secret, report, now: deps.now });
  const take = createIntake(deps, allowance);
  const webhook = deps.publicUrl === undefined ? null : createWebhook(deps.secret, take);
  const outage = new Outage(report);
  const stopping = new AbortController();
  let lock: TokenLock | null = null;
  let background = Promise.resolve();

  async function connect(): Promise<void> {
    await checkToken(client);
    if (webhook === null) return removeWebhook(client, report);
    const url = `${deps.publicUrl}${webhook.path}`;
    await ensureWebhook({ client, report }, { url, secretToken: webhook.secretToken });
  }

  async function carryOn(failure: ChannelError | null): Promise<void> {
    for (let last = failure; last !== null && !stopping.signal.aborted; last = await failureIn(connect)) {
      await outage.failed(last, stopping.signal);
    }
    if (stopping.signal.aborted) return;
    outage.over();
    const pollSeconds = settings.pollSeconds ?? POLL_SECONDS;
    if (webhook === null) await poll({ client, take, report, outage, pollSeconds }, stopping.signal);
  }

  return {
    limits,
    webhooks: webhook === null ? [] : [webhook],
    async start() {
      await allowance.load();
      if (webhook === null) {
        lock = lockToken(settings.token);
        if (lock === null) return report(SECOND_POLLER);
      }
      webhook?.open();
      const failure = await failureIn(connect);
      if (failure?.failure === "unauthorised" || failure?.failure === "refused") throw refusal(failure);
      background = carryOn(failure);
    },
    send: createSender({ deps, client, allowance, textLength: limits.textLength }),
    allowance: () => allowance.left(),
    async stop() {
      stopping.abort();
      await Promise.all([background, webhook?.shut()]);
      await allowance.close();
      lock?.release();
    },
  };
}

const POLL_SECONDS = 30;

const SECOND_POLLER = { channel: "zalo-bot", level: "error", code: "second-poller", facts: { fatal: true } } as const;

function limitsWith(perSecond: number): ChannelLimits {
  const limits = limitsOf("zalo-bot");
  return { ...limits, rate: limits.rate === null ? null : { ...limits.rate, perSecond } };
}

async function failureIn(work: () => Promise<void>): Promise<ChannelError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ChannelError) return error;
    throw error;
  }
}

function refusal({ failure, detail }: ChannelError): AppError {
  const advice =
    failure === "unauthorised"
      ? "Take the bot's token from Zalo Bot Creator again: it changes when it is reset there."
      : "Check the address of the Zalo Bot API, and that the bot's own public address is https and not a private one.";
  return new AppError("network_refused", `Zalo does not accept the settings of the bot (${detail}). ${advice}`);
}
