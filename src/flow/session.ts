import { z } from "zod";
import { LANGS, TOPICS, Value } from "./ids.ts";

/** What a node that waits more than once remembers: the question order of a quiz, the candidates of a place. */
const NodeState = z.record(z.string(), z.union([Value, z.array(Value)]));
export type NodeState = Readonly<Record<string, Value | readonly Value[]>>;

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

/** The version of `Session` that this code writes. Older ones are carried over by `migrations.ts`. */
export const SESSION_VERSION = 1;

/** One citizen's place in the conversation, as the store holds it. Contains no words a person typed. */
export const Session = z.strictObject({
  v: z.literal(SESSION_VERSION),
  /** `me.*`: all that is kept about a person. */
  me: z.strictObject({
    lang: z.enum(LANGS).optional(),
    place: z.string().optional(),
    keep: z.boolean().optional(),
    pledged: z.boolean().optional(),
    tip_number: z.int().optional(),
  }),
  topics: z.array(z.enum(TOPICS)),
  /** Innermost last. Empty: at rest. */
  frames: z.array(Frame).max(8),
  /** Time of the last input; milliseconds since 1970. */
  at: z.int(),
});
export type Session = z.infer<typeof Session>;

/**
 * What one process holds in memory beside the session and never writes anywhere: words a person typed
 * (`hear`), and all variables of flows that keep nothing. Lost on restart, dropped after minutes.
 */
export interface Whisper {
  readonly heard: Readonly<Record<string, string>>;
  /** Variables of the frames of `keeps: nothing` flows, by depth in `Session.frames`. */
  readonly vars: Readonly<Record<number, Readonly<Record<string, Value>>>>;
}
