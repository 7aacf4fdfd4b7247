import { vietnamLocal, vietnamTime } from "../../../src/broadcast/schedule.ts";

/** A clock for a bot and its networks that is ahead of the machine's. */
export interface ShiftedClock {
  /** The value of NODE_OPTIONS that gives a process this clock. Timers keep their pace. */
  readonly nodeOptions: string;
  readonly aheadMs: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A clock on which it is this time (`HH:mm`) in Viet Nam now, ahead of the machine's by less than a day. */
export function shiftedClock(localTime: string): ShiftedClock {
  const real = Date.now();
  const today = vietnamTime(`${vietnamLocal(real).slice(0, "YYYY-MM-DD".length)}T${localTime}`);
  const aheadMs = today >= real ? today - real : today + DAY_MS - real;
  const code = `const now = Date.now.bind(Date); Date.now = () => now() + ${aheadMs};`;
  return {
    nodeOptions: `--import=data:text/javascript,${encodeURIComponent(code)}`,
    aheadMs,
    now: () => Date.now() + aheadMs,
  };
}

const DAY_MS = 86_400_000;
