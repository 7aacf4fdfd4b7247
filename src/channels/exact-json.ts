/**
 * Parses JSON as `JSON.parse` does, but a whole number beyond 2^53 comes out as the text it was written as: ids of
 * networks are that long, and must not lose a digit. Undefined for what is no JSON.
 */
export function parseExactly(text: string): unknown {
  try {
    return JSON.parse(text, exact);
  } catch {
    return undefined;
  }
}

function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const long = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return long ? (context?.source ?? value) : value;
}
