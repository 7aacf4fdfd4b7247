/** Viet Nam keeps UTC+7 all year, without summer time (IANA zone Asia/Ho_Chi_Minh, unchanged since 1975). */
const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The calendar day in Viet Nam, `YYYY-MM-DD`, at a time in milliseconds since 1970. */
export function vietnamDay(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, "YYYY-MM-DD".length);
}

/** Whole days from `from` to `to`, both `YYYY-MM-DD`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
