/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return lines.join("\n");
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Microseconds. */
export function micro(value: number): string {
  return value < 10 ? value.toFixed(1) : count(value);
}

/** Microseconds as milliseconds. */
export function milli(value: number): string {
  return (value / 1000).toFixed(value < 100_000 ? 1 : 0);
}
