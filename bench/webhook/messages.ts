import { z } from "zod";

/** What the process that makes the load is asked for. */
export type Load = z.infer<typeof Load>;
export const Load = z.object({
  /** Of a contender: its citizens go on from load to load. */
  name: z.string(),
  to: z.object({ port: z.int(), path: z.string(), secret: z.string() }),
  citizens: z.int(),
  forMs: z.number(),
  /**
   * `busy`: as many updates under way as there are connections, each of a citizen picked by chance. `even`: so many
   * a second, the first citizens one after the other, whatever became of the last updates. `talk`: one turn of one
   * citizen.
   */
  manner: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("busy"), connections: z.int() }),
    z.object({ kind: z.literal("even"), perSecond: z.number(), citizens: z.int() }),
    z.object({ kind: z.literal("talk"), citizen: z.int(), step: z.int() }),
  ]),
});

/** Microseconds from the moment an update was to be sent to its answer, one for each. */
export type Answers = z.infer<typeof Answers>;
export const Answers = z.object({ perSecond: z.number(), latencies: z.array(z.number()) });

/** What the process in the place of api.telegram.org is asked for. */
export type ApiQuestion = z.infer<typeof ApiQuestion>;
export const ApiQuestion = z.union([
  /** Its port, once it listens. */
  z.literal("port"),
  /** The address that was set last: `Webhook`. */
  z.literal("webhook"),
  /** How many messages were sent so far. */
  z.literal("sent"),
  /** What this chat was sent since it was first asked for: `Heard`. */
  z.object({ chat: z.int() }),
  /** No chat matters any more. */
  z.literal("forget"),
]);

export const Webhook = z.object({ url: z.string(), secret_token: z.string() });

export type Heard = z.infer<typeof Heard>;
export const Heard = z.array(
  z.object({
    text: z.string(),
    reply_markup: z
      .object({ inline_keyboard: z.array(z.array(z.object({ text: z.string() }))) })
      .optional()
      .catch(undefined),
  }),
);
