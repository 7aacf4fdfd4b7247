import { z } from "zod";

/** How much the long proofs do: kills of the server, random inputs for each flow, random requests; and the seed. */
export type Amount =
  | "SCREEN_TEXTS"
  | "SOAK_KILLS"
  | "WALK_INPUTS"
  | "FUZZ_REQUESTS"
  | "SOAK_SEED"
  | "ISOLATION_REPLIES"
  | "FUZZ_WEBHOOKS"
  | "SOAK_NETWORK_KILLS"
  | "SOAK_BROADCAST_KILLS"
  | "SOAK_BROADCAST_REPLIES";

/** The number in the environment, else the usual one. Throws for anything that is no whole number above 0. */
export function amountOf(name: Amount, usual: number): number {
  return z.coerce.number().int().positive().default(usual).parse(process.env[name]);
}
