import { z } from "zod";
import { DAY_MS, HOUR_MS } from "./alerts.ts";

/** What the account lets the bot act with. Times in milliseconds since 1970. */
export const TokenPair = z.strictObject({
  accessToken: z.string().min(1),
  /** Works once. */
  refreshToken: z.string().min(1),
  accessUntil: z.int(),
  refreshUntil: z.int(),
  obtainedAt: z.int(),
});
export type TokenPair = z.infer<typeof TokenPair>;

/** Where the pair is kept, sealed. Only one process at a time may have it. */
export interface TokenStore {
  /** Null when nobody has logged in yet. */
  read(): Promise<TokenPair | null>;
  /** Resolves only once the pair would survive a power cut. */
  write(pair: TokenPair): Promise<void>;
}

/** Lives of the two tokens as documented: 25 hours and three months. */
export const ACCESS_TOKEN_MS = 25 * HOUR_MS;
export const REFRESH_TOKEN_MS = 90 * DAY_MS;

/** A pair that somebody has from elsewhere. Nobody knows how old it is: at most, it lives as long as a new one. */
export function pairByHand(accessToken: string, refreshToken: string, now: number): TokenPair {
  const lives = { accessUntil: now + ACCESS_TOKEN_MS, refreshUntil: now + REFRESH_TOKEN_MS, obtainedAt: now };
  return { accessToken, refreshToken, ...lives };
}
