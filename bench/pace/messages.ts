import { z } from "zod";

/** How the local network counts. */
export const KINDS = ["bucket", "window"] as const;
export type Kind = (typeof KINDS)[number];

/** What the process in the place of api.telegram.org is told: first to open, after the run to tell what it saw. */
export const NetworkQuestion = z.union([
  z.object({ kind: z.enum(KINDS), perSecond: z.int(), people: z.int() }),
  z.literal("seen"),
]);
export type NetworkQuestion = z.infer<typeof NetworkQuestion>;

export const Opened = z.object({ root: z.string(), token: z.string(), chats: z.array(z.string()) });

export type Seen = z.infer<typeof Seen>;
export const Seen = z.object({
  /** The chat and the time, in milliseconds since 1970, of each message that was taken. */
  arrivals: z.array(z.tuple([z.string(), z.number()])),
  /** Calls that were answered with "too many requests". */
  refusals: z.int(),
});

/** What the process of a contender is told first, so that it is loaded before anything is measured. */
export const READY = "ready";

/** What it is told then. */
export const Run = Opened.extend({
  perSecond: z.int(),
  /** Of the chats, how many take part in the conversation: the last ones. The others get the broadcast. */
  talkers: z.int(),
  replyEveryMs: z.number(),
  /** How many replies are timed before the broadcast. */
  repliesBefore: z.int(),
});
export type Run = z.infer<typeof Run>;

export const Ran = z.object({
  /** Milliseconds from the moment a reply was due to the network's answer. */
  before: z.array(z.number()),
  during: z.array(z.number()),
  /** Processor time of the contender's process for each message of the broadcast; microseconds. */
  cpu: z.number(),
});
export type Ran = z.infer<typeof Ran>;
