import { vietnamTime } from "../../../src/broadcast/schedule.ts";

/** A Monday morning in the Action Month of 2026, so that what the pages show does not depend on today. */
export const BEGIN = "2026-11-16T10:00";

/** The clock of a bot. */
export interface SceneClock {
  /** The value of NODE_OPTIONS that gives a process this clock. Timers keep their pace. */
  readonly nodeOptions: string;
  /** How far it is ahead of the machine's; negative: behind. */
  readonly aheadMs: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A clock on which it is `BEGIN` in Viet Nam now, whatever the machine says. */
export function sceneClock(): SceneClock {
  const aheadMs = vietnamTime(BEGIN) - Date.now();
  const code = `const now = Date.now.bind(Date); Date.now = () => now() + ${aheadMs};`;
  return {
    aheadMs,
    nodeOptions: `--import=data:text/javascript,${encodeURIComponent(code)}`,
    now: () => Date.now() + aheadMs,
  };
}
