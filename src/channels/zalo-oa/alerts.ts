import type { Notice, PushDeps } from "../port.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Reports a notice of this network unless the same key was reported less than `everyMs` milliseconds ago. */
export type Alert = (notice: Omit<Notice, "channel">, key?: string, everyMs?: number) => void;

/** More keys than this cannot be told apart any more; strangers cannot make any. */
const KEYS_MAX = 500;

/** `key` tells notices of the same code apart; the code alone where it is absent. Once an hour unless said otherwise. */
export function createAlerts({ report, now }: Pick<PushDeps, "report" | "now">): Alert {
  const last = new Map<string, number>();
  return (notice, key = "", everyMs = HOUR_MS) => {
    const name = `${notice.code}:${key}`;
    const before = last.get(name);
    if (before !== undefined && now() - before < everyMs) return;
    if (last.size >= KEYS_MAX) last.clear();
    last.set(name, now());
    report({ channel: "zalo-oa", ...notice });
  };
}
