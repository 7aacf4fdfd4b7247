import { Agent } from "node:http";
import { Telegraf } from "telegraf";
import { furnish, type SceneContext } from "../telegraf-scenes.ts";
import { BOT_TOKEN } from "../updates.ts";
import { servePeer } from "./peer.ts";

/**
 * telegraf as its guide shows: messages are awaited, and the answer to a press goes out in the answer to the webhook.
 * It takes the agent away where the API root is `http:`; with one it keeps connections open as it does with `https:`.
 */
servePeer(({ screens, file, apiRoot, path, secret }) => {
  const agent = new Agent({ keepAlive: true });
  const bot = new Telegraf<SceneContext>(BOT_TOKEN, { telegram: { apiRoot } });
  bot.use(async (ctx, next) => {
    ctx.telegram.options.agent = agent;
    await next();
    if (ctx.callbackQuery !== undefined) await ctx.answerCbQuery();
  });
  furnish(bot, screens, file);
  const answer = bot.webhookCallback(path, { secretToken: secret });
  return (request, response) => void answer(request, response);
});
