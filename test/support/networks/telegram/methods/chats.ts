import { badRequest } from "../api-error.ts";
import { chatIdParam, reach } from "../reach.ts";
import { type Method, method } from "./method.ts";

export const chatMethods: Readonly<Record<string, Method>> = {
  getme: method({}, (_, { world }) => world.me),
  close: method({}, () => true),
  logout: method({}, () => true),
  getchat: method({ chat_id: chatIdParam }, ({ chat_id }, call) => ({
    ...reach(chat_id, call).chat,
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  })),
  leavechat: method({ chat_id: chatIdParam }, ({ chat_id }, call) => {
    const room = reach(chat_id, call);
    if (room.chat.type === "private") throw badRequest("chat member status can't be changed in private chats");
    room.standing = { is: "left" };
    return true;
  }),
};
