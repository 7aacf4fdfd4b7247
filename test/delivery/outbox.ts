import type { ChannelError, Undelivered } from "../../src/channels/channel-error.ts";
import { limitsOf } from "../../src/channels/limits.ts";
import type { NumberedMessage } from "../../src/channels/message.ts";
import type {
  ChannelLimits,
  ChannelName,
  Notice,
  Outgoing,
  PushChannel,
  SentMessages,
} from "../../src/channels/port.ts";
import { Delivery } from "../../src/delivery/delivery.ts";

const PLAIN: Omit<NumberedMessage, "seq" | "text"> = {
  choices: [],
  exits: [],
  calls: [],
  links: [],
  expects: "nothing",
  clear: false,
};

export function numbered(seq: number, text: string, more: Partial<NumberedMessage> = {}): NumberedMessage {
  return { ...PLAIN, ...more, seq, text };
}

interface Settlement {
  readonly chat: string;
  readonly seq: number;
  readonly result: SentMessages | Undelivered;
}

export interface StageOptions {
  readonly channel?: ChannelName;
  readonly limits?: Partial<ChannelLimits>;
  /** What the network answers; default: it takes everything. */
  readonly answer?: (chat: string, message: Outgoing) => Promise<void> | ChannelError | undefined;
}

/** An outbox in memory, a network in memory, and the real delivery between them. */
export function stage({ channel: name = "telegram", limits = {}, answer }: StageOptions = {}) {
  const outbox = new Map<string, NumberedMessage[]>();
  const sent: { readonly chat: string; readonly message: Outgoing; readonly at: number }[] = [];
  const settlements: Settlement[] = [];
  const gone: string[] = [];
  const notices: Notice[] = [];
  const files = new Map<string, Buffer>();
  const trails = new Map<string, string[]>();
  let storeDown = false;
  const channel: PushChannel = {
    limits: { ...limitsOf(name), ...limits },
    webhooks: [],
    start: async () => undefined,
    stop: async () => undefined,
    send: async (chat, message, signal) => {
      signal.throwIfAborted();
      const said = answer?.(chat, message);
      if (said instanceof Error) throw said;
      await said;
      sent.push({ chat, message, at: performance.now() });
      return { messageIds: [`${chat}/${sent.length}`] };
    },
  };
  const delivery = new Delivery({
    channel,
    next: async (chat) => {
      if (storeDown) throw new Error("down");
      return outbox.get(chat)?.[0];
    },
    trail: async (chat) => trails.get(chat) ?? [],
    settle: async (chat, seq, result) => {
      if (storeDown) throw new Error("down");
      settlements.push({ chat, seq, result });
      outbox.set(
        chat,
        (outbox.get(chat) ?? []).filter((message) => message.seq > seq),
      );
    },
    unreachable: async (chat) => {
      gone.push(chat);
      outbox.delete(chat);
    },
    file: async (_chat, id) => files.get(id) ?? null,
    letter: () => ["words"],
    report: (notice) => void notices.push(notice),
    meter: {
      sent: () => undefined,
      sendFailed: () => undefined,
      retryAfter: () => undefined,
      waiting: () => undefined,
    },
    now: Date.now,
    random: () => 0,
  });
  const put = (chat: string, ...messages: readonly NumberedMessage[]): void => {
    outbox.set(chat, [...(outbox.get(chat) ?? []), ...messages]);
  };
  return {
    delivery,
    sent,
    settlements,
    gone,
    notices,
    files,
    trails,
    texts: (chat: string) => sent.filter((one) => one.chat === chat).map(({ message }) => message.text),
    put,
    /** Puts messages into the outbox and wakes the delivery. */
    post(chat: string, ...messages: readonly NumberedMessage[]): void {
      put(chat, ...messages);
      delivery.wake(chat);
    },
    takeBack: (chat: string) => void outbox.delete(chat),
    waiting: (chat: string) => (outbox.get(chat) ?? []).length,
    storeDown(down: boolean): void {
      storeDown = down;
    },
  };
}
