import { z } from "zod";
import { ApiError, badRequest, outrun, tooMany } from "./api-error.ts";
import type { Call } from "./methods/method.ts";
import type { Entry, Room } from "./room.ts";

export const chatIdParam = z.union([z.int(), z.string().min(1)]);

/** The chat that a call names, if the bot may act there. Rejects as Telegram does. */
export function reach(chatId: z.output<typeof chatIdParam>, call: Call): Room {
  const room = call.world.rooms.get(Number(chatId));
  if (room === undefined) throw badRequest("chat not found");
  checkStanding(room);
  return room;
}

function checkStanding({ standing, chat }: Room): void {
  const kind = chat.type === "private" ? "user" : `${chat.type} chat`;
  switch (standing.is) {
    case "open":
      return;
    case "stranger":
      throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user");
    case "blocked":
      throw outrun(403, "Forbidden: bot was blocked by the user");
    case "deactivated":
      throw outrun(403, "Forbidden: user is deactivated");
    case "kicked":
      throw outrun(403, `Forbidden: bot was kicked from the ${kind}`);
    case "left":
      throw outrun(403, `Forbidden: bot is not a member of the ${kind}`);
    case "upgraded":
      throw new ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", {
        blame: false,
        parameters: { migrate_to_chat_id: standing.to },
      });
  }
}

/** Takes a place for one message or edit. */
export function takeTurn(room: Room, call: Call): void {
  const seconds = call.world.waitFor(room);
  if (seconds > 0) throw tooMany(seconds, true);
}

/** A message that is still there. A message that was deleted meanwhile is nobody's fault. */
export function findMessage(room: Room, messageId: number, doing: "edit" | "delete"): Entry {
  const entry = room.entries.get(messageId);
  if (entry === undefined) throw badRequest(`message to ${doing} not found`);
  if (entry.deleted) throw outrun(400, `Bad Request: message to ${doing} not found`);
  return entry;
}
