import { AppError } from "../errors.ts";

/** Why a message was not sent, in the words the delivery decides by. */
export const SEND_FAILURES = {
  /** It surely did not arrive: no connection. */
  unavailable: "the network cannot be reached",
  /** The connection broke or nothing was answered: it may have arrived. */
  uncertain: "the network did not answer",
  /** The network answered that it has a problem of its own (5xx, 408; 403 of a Zalo bot). */
  busy: "the network has a problem",
  /** Too fast; `retryAfterMs` says how long to wait where the network does. */
  "rate-limited": "the network asks for a pause",
  /** The token or the account is refused: nobody can be reached until the operator acts. */
  unauthorised: "the network refuses the token",
  /** The person blocked the bot, left, or no longer has an account. */
  unreachable: "the person cannot be reached there any more",
  /** Too long since the person's last message. */
  "window-closed": "the network's time for an answer is over",
  /** The allowance of the day or month, or what was paid, is used up. */
  "quota-spent": "the network's allowance is used up",
  /** The network will never take this message. */
  refused: "the network refuses this message",
} as const;
export type SendFailure = keyof typeof SEND_FAILURES;

/** Why a message left the outbox without having been sent. `failed`: by a fault of our own. */
export type Undelivered = SendFailure | "expired" | "failed";

/** A send that failed. Never carries an id, a token, an address or a text; `detail` is the network's own code. */
export class ChannelError extends AppError {
  override readonly name = "ChannelError";
  readonly failure: SendFailure;
  readonly retryAfterMs: number | undefined;
  readonly detail: string;

  constructor(failure: SendFailure, detail: string, retryAfterMs?: number) {
    super("send_failed", `${SEND_FAILURES[failure]} (${detail})`);
    this.failure = failure;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }
}
