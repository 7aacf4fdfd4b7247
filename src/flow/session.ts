import { z } from "zod";
import { LANGS, type Lang, TOPICS, Value } from "./ids.ts";

/** What a node that waits more than once remembers: the question order of a quiz, the candidates of a place. */
const NodeState = z.record(z.string(), z.union([Value, z.array(Value)]));
export type NodeState = z.infer<typeof NodeState>;

/** One flow in progress. */
export const Frame = z.strictObject({
  flow: z.string(),
  node: z.string(),
  vars: z.record(z.string(), Value),
  state: NodeState.optional(),
  /** When the node's waiting time is over; milliseconds since 1970. */
  due: z.int().optional(),
});
export type Frame = z.infer<typeof Frame>;

/**
 * A choice below a message that the team sent, in the language it was sent in: what a number or these words stand for
 * until the person's next input.
 */
const Offer = z.strictObject({ id: z.string(), label: z.string(), token: z.string() });
export type Offer = z.infer<typeof Offer>;

/** Choices below one message of the team. */
export const MOST_OFFERS = 6;

/** The version of `Session` that this code writes. Older ones are carried over by `migrations.ts`. */
export const SESSION_VERSION = 1;

/** One citizen's place in the conversation, as the store holds it. Contains no words a person typed. */
export const Session = z.strictObject({
  v: z.literal(SESSION_VERSION),
  /** False until the first turn: a stranger, who meets the welcome first. */
  met: z.boolean(),
  /** `me.*`: all that is kept about a person. */
  me: z.strictObject({
    lang: z.enum(LANGS).optional(),
    place: z.string().optional(),
    keep: z.boolean().optional(),
    pledged: z.boolean().optional(),
    tip_number: z.int().optional(),
    /** Digest of the person's own safe word (`World.digest`); never the word. */
    safe_word: z.string().max(32).optional(),
    /** Quick exit has said once how a chat is deleted. */
    left: z.boolean().optional(),
  }),
  topics: z.array(z.enum(TOPICS)),
  /** Innermost last. Empty: at rest. */
  frames: z.array(Frame).max(8),
  /** Of the last message that the team sent, while nothing was written after it. */
  offers: z.array(Offer).max(MOST_OFFERS).optional(),
  /** Time of the last input; milliseconds since 1970. */
  at: z.int(),
});
export type Session = z.infer<typeof Session>;

/**
 * A session as one process works with it. `heard` holds words a person typed, by the name their question gave
 * them; it is never written anywhere and is gone after a restart. Variables of flows that keep nothing are in
 * the session here and taken out by `saved` before it is stored.
 */
export interface State {
  readonly session: Session;
  readonly heard: Readonly<Record<string, string>>;
}

/** A stranger's first state. `lang` is what the network says the person reads, if it says. */
export function freshState(now: number, lang?: Lang): State {
  const me = lang === undefined ? {} : { lang };
  return { session: { v: SESSION_VERSION, met: false, me, topics: [], frames: [], at: now }, heard: {} };
}
