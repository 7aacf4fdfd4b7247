import { z } from "zod";
import type { OutMessage } from "../channels/message.ts";
import { StoreError } from "../errors.ts";

/** A message as the outbox holds it, read back from JSON. Throws `StoreError`; the error never quotes the message. */
export function readMessage(json: string): OutMessage {
  const parsed = StoredMessage.safeParse(jsonOrNull(json));
  if (parsed.success) return parsed.data;
  throw new StoreError("A waiting message does not have the expected shape.");
}

const Labelled = z.strictObject({ label: z.string(), tel: z.string() });
const Link = z.strictObject({ label: z.string(), url: z.string() });

const StoredMessage: z.ZodType<OutMessage> = z.strictObject({
  text: z.string(),
  choices: z.array(z.strictObject({ id: z.string(), label: z.string(), token: z.string() })),
  exits: z.array(z.enum(["menu", "help"])),
  calls: z.array(Labelled),
  links: z.array(Link),
  media: z.exactOptional(z.strictObject({ kind: z.enum(["image", "voice"]), file: z.string() })),
  files: z.exactOptional(z.array(z.strictObject({ id: z.string(), name: z.string(), label: z.string() }))),
  held: z.exactOptional(z.string()),
  gone: z.exactOptional(z.string()),
  expects: z.enum(["choice", "text", "number", "place", "nothing"]),
  clear: z.boolean(),
  passing: z.exactOptional(z.literal(true)),
  discreet: z.exactOptional(z.literal(true)),
  copyable: z.exactOptional(z.literal(true)),
  replaces: z.exactOptional(z.string()),
  erases: z.exactOptional(z.array(z.string())),
});

function jsonOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
