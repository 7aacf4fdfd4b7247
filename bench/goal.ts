/** What was to be reached, and whether it was. */
export interface Goal {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly met: boolean;
}

export function atLeast(what: string, wanted: number, found: number): Goal {
  return { what, wanted: `at least ${wanted}`, found: found.toFixed(2), met: found >= wanted };
}

/** `unit` with the blank before it; "" for a ratio. */
export function atMost(what: string, wanted: number, found: number, unit: string): Goal {
  const digits = unit === "" ? 2 : 0;
  return { what, wanted: `at most ${wanted}${unit}`, found: `${found.toFixed(digits)}${unit}`, met: found <= wanted };
}
