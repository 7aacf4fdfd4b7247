import { answerMethods } from "./answer.ts";
import { chatMethods } from "./chats.ts";
import { deleteMethods } from "./delete.ts";
import { editMethods } from "./edit.ts";
import type { Method } from "./method.ts";
import { profileMethods } from "./profile.ts";
import { sendMethods } from "./send.ts";
import { updateMethods } from "./updates.ts";

/** Every method this network knows; names in small letters, as Telegram compares them. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...chatMethods,
    ...updateMethods,
    ...sendMethods,
    ...editMethods,
    ...deleteMethods,
    ...answerMethods,
    ...profileMethods,
  }),
);
