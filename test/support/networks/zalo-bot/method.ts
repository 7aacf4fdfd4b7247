import type { z } from "zod";
import type { Call } from "../shared/http-server.ts";
import { BotFault } from "./fault.ts";

/** What a call came to. */
export interface Outcome {
  readonly result?: unknown;
  /** The message that is now on a screen. */
  readonly messageId?: string;
  /** Runs when the answer does not reach the bot. */
  readonly cut?: () => void;
}
export type Method = (params: unknown, call: Call) => Promise<Outcome>;
export type Methods = Readonly<Record<string, Method>>;

/** A method and what it takes; anything else is a fault of the bot's. */
export function method<S extends z.ZodType>(
  schema: S,
  run: (params: z.output<S>, call: Call) => Promise<Outcome>,
): Method {
  return async (params, call) => {
    const parsed = schema.safeParse(params);
    if (!parsed.success) throw new BotFault(400, whatIsWrong(parsed.error));
    return run(parsed.data, call);
  };
}

/** Names of parameters and rules, never a value. */
export function whatIsWrong(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}
