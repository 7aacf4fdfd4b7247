import type { Value } from "./ids.ts";
import type { TextRef } from "./screen.ts";
import type { Turn } from "./turn.ts";

/** A node's text: the key it names, or `<flow>.<node>.text`, with the values it may show. */
export function textRef(turn: Turn, key: string | undefined, params?: Readonly<Record<string, Value>>): TextRef {
  const found = key ?? `${turn.top?.flow}.${turn.top?.node}.text`;
  return params === undefined ? { key: found } : { key: found, params: turn.values(params) };
}
