import type { Call } from "../shared/http-server.ts";
import { createPostman, type Envelope } from "../shared/postman.ts";
import { BotFault } from "./fault.ts";
import type { BotState } from "./state.ts";
import { polledResult, type Update, webhookBody } from "./updates.ts";

/** A poller whose connection closed is believed dead when it does not poll again within this time. */
const GRACE_MS = 50;
/** An update that nobody confirms is given out this often at most. */
const MAX_GIVEN = 20;
const DEADLINE_MS = 2_000;

/** Updates on their way to the bot, by webhook or by polls. */
export interface Inbox {
  push(update: Update): void;
  /** The next update, within the time given; a timeout is error 408. */
  poll(call: Call, timeoutMs: number): Promise<{ result: unknown; cut: () => void }>;
  /** A webhook was set: what waits for polls goes there. */
  hookChanged(): void;
  waiting(): number;
  /** Updates that vanished. */
  lost(): number;
  close(): void;
}

interface Poll {
  give(update: Update | null): void;
}

export function createInbox(state: BotState): Inbox {
  const queue: Update[] = [];
  const polls: Poll[] = [];
  const given = new Map<Update, number>();
  /** Given out, and the poller has not come back yet; the function stops watching its connection. */
  const open = new Map<Update, () => void>();
  let lost = 0;

  const postman = createPostman<Update>({
    envelope: (update) => envelopeOf(state, update),
    accepts: (status) => status >= 200 && status < 300,
    retryMs: state.options.unacknowledged === "lost" ? [] : state.options.retryMs,
    endless: state.options.unacknowledged === "repeated",
    returned: (update, why) => {
      if (why === "no address") offer(update);
      else lost += 1;
    },
    deadlineMs: DEADLINE_MS,
    ...state,
  });

  function offer(update: Update): void {
    const poll = polls.shift();
    if (poll === undefined) queue.push(update);
    else poll.give(update);
  }

  function confirm(): void {
    for (const [update, unwatch] of open) {
      unwatch();
      given.delete(update);
      if (state.chance.hits(state.faults.redelivered)) setTimeout(offer, 50, update).unref();
    }
    open.clear();
  }

  function takeBack(update: Update): void {
    if (!open.delete(update)) return;
    if ((given.get(update) ?? 0) >= MAX_GIVEN || !state.chance.hits(state.options.polledAgain)) lost += 1;
    else if (polls.length > 0) offer(update);
    else queue.unshift(update);
  }

  function handOut(update: Update, call: Call): { result: unknown; cut: () => void } {
    given.set(update, (given.get(update) ?? 0) + 1);
    const gone = () => setTimeout(takeBack, GRACE_MS, update).unref();
    open.set(update, () => call.socket.off("close", gone));
    if (call.socket.destroyed) gone();
    else call.socket.once("close", gone);
    return { result: polledResult(update), cut: () => takeBack(update) };
  }

  const waitFor = (call: Call, timeoutMs: number): Promise<Update | null> =>
    new Promise((resolve) => {
      const poll: Poll = {
        give: (update) => {
          clearTimeout(timer);
          resolve(update);
        },
      };
      const end = (): void => {
        const index = polls.indexOf(poll);
        if (index < 0) return;
        polls.splice(index, 1);
        poll.give(null);
      };
      const timer = setTimeout(end, timeoutMs).unref();
      call.onEnd(end);
      polls.push(poll);
    });

  return {
    push: (update) => {
      if (state.hook === null) return offer(update);
      if (state.chance.hits(state.options.emptyPosts)) postman.post(update.chat, { ...update, event: null });
      postman.post(update.chat, update);
    },
    poll: async (call, timeoutMs) => {
      if (state.hook !== null) throw new BotFault(400, "a webhook is set");
      if (polls.length > 0) state.ledger.refuse("getUpdates", "two polls at the same time");
      confirm();
      const update = queue.shift() ?? (await waitFor(call, timeoutMs));
      if (update === null) throw new BotFault(408, "Request timeout", { blame: false });
      return handOut(update, call);
    },
    hookChanged: () => {
      if (state.hook === null) return;
      for (const poll of polls.splice(0)) poll.give(null);
      for (const update of queue.splice(0)) postman.post(update.chat, update);
    },
    waiting: () => queue.length + open.size + postman.waiting(),
    lost: () => lost,
    close: () => postman.close(),
  };
}

function envelopeOf(state: BotState, update: Update): Envelope | null {
  if (state.hook === null) return null;
  const headers = {
    "content-type": "application/json",
    "user-agent": "Java/17.0.12",
    "x-bot-api-secret-token": state.hook.secret,
  };
  return { url: state.hook.url, headers, body: webhookBody(state, update) };
}
