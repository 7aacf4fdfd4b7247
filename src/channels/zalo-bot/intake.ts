import type { PushDeps } from "../port.ts";
import type { AllowanceWatch } from "./allowance-watch.ts";
import { decode, type Update } from "./decode.ts";
import { OnceIn } from "./once.ts";

/**
 * Gives an update to the bot. Resolves once its turn is committed, or with false for what is no update; rejects when
 * nothing was committed and the update has to come again.
 */
export type Take = (body: unknown) => Promise<boolean>;

/** Somebody whose words the network keeps back hears the fixed screen once an hour, not after every message. */
const WITHHELD_EVERY_MS = 3_600_000;
const WITHHELD_CHATS = 10_000;
const EVENT_EVERY_MS = 3_600_000;
const EVENT_NAMES = 100;

export function createIntake(deps: PushDeps, allowance: Pick<AllowanceWatch, "met">): Take {
  const withheldChats = new OnceIn(WITHHELD_EVERY_MS, WITHHELD_CHATS);
  const events = new OnceIn(EVENT_EVERY_MS, EVENT_NAMES);

  async function takeInbound({ inbound, withheld }: Extract<Update, { kind: "inbound" }>): Promise<void> {
    const { chat } = inbound;
    if (withheld && !withheldChats.first(chat, deps.now())) return;
    try {
      await deps.handle(inbound);
    } catch (error) {
      if (withheld) withheldChats.forget(chat);
      throw error;
    }
    allowance.met(chat);
  }

  return async (body) => {
    const update = decode(body, deps.now());
    if (update.kind === "inbound") await takeInbound(update);
    if (update.kind === "unknown" && events.first(update.event, deps.now())) {
      deps.report({ channel: "zalo-bot", level: "info", code: "unknown-event", facts: { event: update.event } });
    }
    return update.kind !== "foreign";
  };
}
