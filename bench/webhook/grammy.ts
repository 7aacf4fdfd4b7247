import { Composer, MemorySessionStorage, webhookCallback } from "grammy";
import { jsonStorage } from "../grammy-runner.ts";
import { type Place, type PlaceContext, sessionBot } from "../grammy-session.ts";
import { servePeer } from "./peer.ts";

/** grammY as its guide shows: every call of the API is awaited, and then the update is acknowledged. */
servePeer(({ screens, file, apiRoot, secret }) => {
  const first = new Composer<PlaceContext>();
  first.on("callback_query", async (ctx, next) => {
    await next();
    await ctx.answerCallbackQuery();
  });
  const storage = file === undefined ? new MemorySessionStorage<Place>() : jsonStorage<Place>(file);
  const bot = sessionBot(screens, storage, { first, client: { apiRoot } });
  const answer = webhookCallback(bot, "http", { secretToken: secret });
  return (request, response) => void answer(request, response);
});
