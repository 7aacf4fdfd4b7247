import type { NumberedMessage } from "../../src/channels/message.ts";
import { createTelegram } from "../../src/channels/telegram/channel.ts";
import { Delivery } from "../../src/delivery/delivery.ts";
import { type Send, serveContender, WORDS } from "./contender.ts";
import type { Run } from "./messages.ts";

const MESSAGE: NumberedMessage = {
  seq: 1,
  text: WORDS,
  choices: [],
  exits: [],
  calls: [],
  links: [],
  expects: "nothing",
  clear: false,
};

/** The product's delivery and Telegram adapter, with an outbox in memory. */
serveContender(openDelivery);

function openDelivery({ root, token, perSecond }: Run): Send {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const nothing = () => undefined;
  const deps = { report: nothing, now: Date.now };
  const channel = createTelegram(
    { ...deps, handle: () => Promise.reject(new Error()), text: () => "", secret: "", mediaFolder: "" },
    { token, apiRoot: root, rate: perSecond },
  );
  const delivery = new Delivery({
    ...deps,
    channel,
    next: async (chat) => (waiting.has(chat) ? MESSAGE : undefined),
    trail: async () => [],
    async settle(chat, _seq, result) {
      const message = waiting.get(chat);
      waiting.delete(chat);
      if (typeof result === "string") message?.reject(new Error(result));
      else message?.resolve();
    },
    unreachable: async () => undefined,
    file: async () => null,
    letter: () => [],
    meter: { sent: nothing, sendFailed: nothing, retryAfter: nothing, waiting: nothing },
    random: Math.random,
  });
  return (chat, lane) => {
    const message = Promise.withResolvers<void>();
    waiting.set(chat, message);
    delivery.wake(chat, lane);
    return message.promise;
  };
}
