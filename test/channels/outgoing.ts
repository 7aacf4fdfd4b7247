import type { Outgoing } from "../../src/channels/port.ts";

/** A message as the delivery hands it to an adapter. */
export function outgoing(parts: Partial<Outgoing> = {}): Outgoing {
  return {
    seq: 1,
    text: "Chào bạn",
    choices: [],
    exits: [],
    calls: [],
    links: [],
    expects: "nothing",
    clear: false,
    erases: [],
    plainAttachment: () => [],
    ...parts,
  };
}
