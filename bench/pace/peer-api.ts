import { autoRetry } from "@grammyjs/auto-retry";
import { Api, type Transformer } from "grammy";
import { type Send, WORDS } from "./contender.ts";
import type { Run } from "./messages.ts";

/** grammY's client, which tries refused calls again as its guide shows: outermost, so that they pass `limiter` again. */
export function peerApi({ root, token }: Run, limiter?: Transformer): Send {
  const api = new Api(token, { apiRoot: root });
  if (limiter !== undefined) api.config.use(limiter);
  api.config.use(autoRetry());
  return async (chat) => void (await api.sendMessage(chat, WORDS));
}
