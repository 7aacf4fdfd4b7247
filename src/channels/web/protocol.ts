import { z } from "zod";
import { Lang } from "../../flow/ids.ts";
import { PAYLOAD } from "../../flow/input.ts";
import type { NumberedMessage } from "../message.ts";

/** UTF-16 units of one typed message. */
export const TEXT_MAX = 4_000;

/** 128 random bits as base64url: the browser makes it, and it is the chat id. */
export const Token = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** Number of the last message the browser shows; 0 for none. */
export const After = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const WebInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(TEXT_MAX) }),
  z.strictObject({ kind: z.literal("choice"), token: z.string().min(1).max(200) }),
  z.strictObject({
    kind: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.strictObject({ kind: z.literal("start"), payload: z.string().max(64).regex(PAYLOAD).exactOptional() }),
]);

/** Body of `POST /api/chat`. A retry repeats it byte for byte, so `id` and `after` stay what they were. */
export const ChatRequest = z.strictObject({
  id: z.uuid(),
  lang: Lang,
  input: WebInput,
  after: z.int().min(0),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** Answer of `POST /api/chat`. */
export interface ChatAnswer {
  readonly messages: readonly NumberedMessage[];
  readonly flow: string | null;
  readonly node: string | null;
  /** The language the citizen reads now: the page follows it. */
  readonly lang: Lang;
  /** The citizen chose to stay known: remember the token after the browser is closed. */
  readonly keep: boolean;
  /** The numbering began again (everything held had been deleted): `after` of the browser counts no more. */
  readonly restarted: boolean;
}

/** Answer of `GET /api/chat`. */
export interface PollAnswer {
  readonly messages: readonly NumberedMessage[];
}
