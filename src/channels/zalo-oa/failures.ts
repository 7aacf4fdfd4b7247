import { ChannelError, type SendFailure } from "../channel-error.ts";
import type { Alert } from "./alerts.ts";

interface Meaning {
  readonly failure: SendFailure;
  /** A person of the team has to act. */
  readonly alert?: true;
}

const ACT_ON_ACCOUNT: Meaning = { failure: "unauthorised", alert: true };
const QUOTA: Meaning = { failure: "quota-spent", alert: true };

/** The error codes of the network (appendix "mã lỗi Official Account API") by what can be done about them. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  [-32]: { failure: "rate-limited" },
  [-100]: { failure: "refused" },
  [-200]: { failure: "busy" },
  [-201]: { failure: "refused" },
  [-204]: ACT_ON_ACCOUNT,
  [-205]: ACT_ON_ACCOUNT,
  [-209]: ACT_ON_ACCOUNT,
  [-210]: { failure: "refused" },
  [-211]: QUOTA,
  [-212]: ACT_ON_ACCOUNT,
  [-213]: { failure: "unreachable" },
  [-216]: ACT_ON_ACCOUNT,
  [-217]: { failure: "unreachable" },
  [-218]: { failure: "quota-spent" },
  [-219]: ACT_ON_ACCOUNT,
  [-220]: ACT_ON_ACCOUNT,
  [-221]: ACT_ON_ACCOUNT,
  [-223]: ACT_ON_ACCOUNT,
  [-224]: ACT_ON_ACCOUNT,
  [-227]: { failure: "unreachable" },
  [-230]: { failure: "window-closed" },
  [-232]: { failure: "window-closed" },
  [-233]: { failure: "refused" },
  [-234]: { failure: "refused", alert: true },
  [-235]: ACT_ON_ACCOUNT,
  [-240]: ACT_ON_ACCOUNT,
  [-242]: ACT_ON_ACCOUNT,
  [-244]: { failure: "unreachable" },
  [-248]: { failure: "refused", alert: true },
  [-320]: QUOTA,
  [-321]: QUOTA,
};

/** A code nobody has described: the message did not go out, and may later. */
const UNKNOWN: Meaning = { failure: "busy", alert: true };

/** The error of a call that the network refused; tells the operator where one has to act, once an hour for each code. */
export function failureOf(error: number, alert: Alert, retryAfterMs?: number): ChannelError {
  const { failure, alert: acts } = MEANINGS[error] ?? UNKNOWN;
  if (acts) {
    const code = failure === "quota-spent" ? "quota-spent" : "network-refuses";
    alert({ level: "error", code, facts: { error } }, String(error));
  }
  return new ChannelError(failure, String(error), retryAfterMs);
}
