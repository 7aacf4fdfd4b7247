import type { Value } from "./ids.ts";
import type { TextRef } from "./screen.ts";
import type { Turn } from "./turn.ts";

/**
 * True when a text could not show one of its values: the person came here by an old button, and what the flow knew
 * then is gone.
 */
export function lacksValues(turn: Turn, params: Readonly<Record<string, Value>> | undefined): boolean {
  return Object.values(params ?? {}).some((value) => turn.value(value) === undefined);
}

/** A node's text: the key it names, or `<flow>.<node>.text`, with the values it may show. */
export function textRef(turn: Turn, key: string | undefined, params?: Readonly<Record<string, Value>>): TextRef {
  const found = key ?? `${turn.top?.flow}.${turn.top?.node}.text`;
  return params === undefined ? { key: found } : { key: found, params: turn.values(params) };
}
