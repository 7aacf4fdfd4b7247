import { z } from "zod";
import { Slug } from "../../flow/ids.ts";

/** Who is signed in. `half`: the password was right, the second factor is still to come. */
const DeskSession = z.strictObject({
  member: Slug,
  /** Milliseconds since 1970. */
  created: z.int(),
  kind: z.enum(["half", "full"]),
});

/** The team's document `desk_sessions`, by the SHA-256 of the session's id as base64url. */
export const DeskSessions = z.record(z.string(), DeskSession);
