/** The moment a calendar day begins in Việt Nam (`YYYY-MM-DD`, UTC+7 all year), in milliseconds since 1970. */
export function dayStart(day: string): number {
  const known = starts.get(day) ?? Date.parse(`${day}T00:00:00+07:00`);
  starts.set(day, known);
  return known;
}

const starts = new Map<string, number>();

/** The same day of the month `months` later, or the last day of a shorter month. */
export function monthsAfter(day: string, months: number): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, day.length);
}

/** `YYYY-MM-DD` as people in Việt Nam write it: 21/11/2026. */
export function readDay(day: string): string {
  return day.split("-").reverse().join("/");
}
