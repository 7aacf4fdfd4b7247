import type { z } from "zod";
import { isRecord } from "./body.ts";

export type Tidied<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly path: readonly PropertyKey[] };

/** Parses; fields that nobody knows are blamed and left out, as Telegram ignores them. */
export function tidy<S extends z.ZodType>(
  schema: S,
  value: unknown,
  blame: (why: string) => void,
): Tidied<z.output<S>> {
  const first = schema.safeParse(value);
  if (first.success) return { success: true, data: first.data };
  const copy = structuredClone(value);
  for (const issue of first.error.issues) {
    if (issue.code !== "unrecognized_keys") return { success: false, path: issue.path };
    for (const key of issue.keys) {
      blame(`unknown field ${[...issue.path, key].map(String).join(".")}`);
      removeAt(copy, issue.path, key);
    }
  }
  const second = schema.safeParse(copy);
  return second.success
    ? { success: true, data: second.data }
    : { success: false, path: second.error.issues[0]?.path ?? [] };
}

function removeAt(root: unknown, path: readonly PropertyKey[], key: string): void {
  let at = root;
  for (const step of path) at = Array.isArray(at) ? at[Number(step)] : isRecord(at) ? at[String(step)] : undefined;
  if (isRecord(at)) delete at[key];
}
