import { z } from "zod";

const count = (usual: number) => z.coerce.number().int().positive().default(usual);

/** How much the long proofs do: the usual in `npm test`, more in the soak, which sets these variables. */
export const AMOUNTS = z
  .object({
    /** Times the server is killed. */
    SOAK_KILLS: count(4),
    /** Random inputs for each flow. */
    WALK_INPUTS: count(10_000),
    /** Random requests. */
    FUZZ_REQUESTS: count(1_000),
  })
  .parse(process.env);
