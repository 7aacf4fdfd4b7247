import { freshToken } from "../shared/ids.ts";

const ACCESS_MS = 25 * 3_600_000;
const REFRESH_MS = 90 * 86_400_000;

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The tokens of one account. Each refresh kills the pair before it. */
export interface Tokens {
  issue(): Pair;
  /** `unknown`: never issued; `invalid`: of an old pair; `expired`: too old. */
  check(accessToken: string): "ok" | "unknown" | "invalid" | "expired";
  /** A new pair for a refresh token, once; null when it is used, too old, dead or unknown. */
  refresh(refreshToken: string): Pair | null;
  /** The access token dies before its time. */
  expireAccess(): void;
  /** The refresh token dies before its time. */
  killRefresh(): void;
}

interface Current extends Pair {
  accessUntil: number;
  refreshUntil: number;
}

export function createTokens(now: () => number): Tokens {
  const old = new Set<string>();
  let current: Current | null = null;
  const issue = (): Pair => {
    if (current !== null) old.add(current.accessToken);
    const pair = { accessToken: freshToken(), refreshToken: freshToken() };
    current = { ...pair, accessUntil: now() + ACCESS_MS, refreshUntil: now() + REFRESH_MS };
    return pair;
  };
  return {
    issue,
    check: (accessToken) => {
      if (accessToken !== current?.accessToken) return old.has(accessToken) ? "invalid" : "unknown";
      return now() < current.accessUntil ? "ok" : "expired";
    },
    refresh: (refreshToken) =>
      refreshToken === current?.refreshToken && now() < current.refreshUntil ? issue() : null,
    expireAccess: () => {
      if (current !== null) current.accessUntil = 0;
    },
    killRefresh: () => {
      if (current !== null) current.refreshUntil = 0;
    },
  };
}
