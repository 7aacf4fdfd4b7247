/** One thing that changed: where, and what it was and is; undefined: it was not there, or is no more. */
export interface Difference {
  /** Names from the outside in, such as `theme.vi`; "" for a value as a whole. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What two values of an audit entry do not have in common, in the order of their names. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const was = new Map(leaves(before, ""));
  const is = new Map(leaves(after, ""));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }))
    .filter((one) => one.before !== one.after);
}

/** Every text, number and truth of a value with its path; a list of plain values is one text. */
function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return [[path, value.join(", ")]];
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === "" ? name : `${path}.${name}`));
  }
  return [[path, typeof value === "string" ? value : JSON.stringify(value)]];
}
