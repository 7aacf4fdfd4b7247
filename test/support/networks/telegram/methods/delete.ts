import { z } from "zod";
import { badRequest, outrun } from "../api-error.ts";
import { chatIdParam, findMessage, reach } from "../reach.ts";
import type { Entry } from "../room.ts";
import type { World } from "../world.ts";
import { type Method, method } from "./method.ts";

const DELETABLE_MS = 48 * 3_600_000;
const TOO_OLD = "Bad Request: message can't be deleted for everyone";

export const deleteMethods: Readonly<Record<string, Method>> = {
  deletemessage: method({ chat_id: chatIdParam, message_id: z.int() }, ({ chat_id, message_id }, call) => {
    const room = reach(chat_id, call);
    const entry = findMessage(room, message_id, "delete");
    return deleteAll([entry], call.world);
  }),
  deletemessages: method({ chat_id: chatIdParam, message_ids: z.array(z.int()) }, ({ chat_id, message_ids }, call) => {
    const room = reach(chat_id, call);
    if (message_ids.length === 0) throw badRequest("message identifiers are not specified");
    if (message_ids.length > 100) throw badRequest("too many message identifiers specified");
    const known = message_ids.flatMap((id) => room.entries.get(id) ?? []);
    return deleteAll(known, call.world);
  }),
};

/** One message that is too old spoils the whole list: so does TDLib, on which the Bot API stands (`delete_messages`). */
function deleteAll(entries: readonly Entry[], world: World): true {
  const now = world.now();
  if (entries.some((entry) => !entry.deleted && now - entry.at >= DELETABLE_MS)) throw outrun(400, TOO_OLD);
  for (const entry of entries) entry.deleted = true;
  return true;
}
