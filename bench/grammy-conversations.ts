import {
  type Conversation,
  type ConversationData,
  type ConversationFlavor,
  conversations,
  createConversation,
  type VersionedState,
} from "@grammyjs/conversations";
import { type ApiClientOptions, Bot, type Context, InlineKeyboard, type StorageAdapter } from "grammy";
import type { Contender } from "./contender.ts";
import { QUESTIONS, type Question } from "./conversation.ts";
import { openGrammy, type Sessions } from "./grammy-runner.ts";
import { type Answers, type Message, readAnswer, type Screens } from "./screens.ts";
import { BOT_INFO, BOT_TOKEN } from "./updates.ts";

type Ctx = ConversationFlavor<Context>;
type Stored = VersionedState<ConversationData>;

/** grammY with conversations v2: the quiz is one function, replayed from its log at every answer. */
export function grammyConversations(screens: Screens, sessions: Sessions): Contender {
  return {
    name: "grammY, conversations v2",
    open: (citizens) => openGrammy<Stored, Ctx>(citizens, sessions, (store, client) => botWith(screens, store, client)),
  };
}

function botWith(screens: Screens, adapter: StorageAdapter<Stored>, client: ApiClientOptions): Bot<Ctx> {
  const bot = new Bot<Ctx>(BOT_TOKEN, { botInfo: BOT_INFO, client });
  bot.use(conversations<Ctx, Context>({ storage: { type: "key", adapter } }));
  bot.use(createConversation<Ctx, Context>((conversation, ctx) => quiz(conversation, ctx, screens), "quiz"));
  bot.command("start", (ctx) => send(ctx, screens.menu()));
  bot.callbackQuery("bench-menu:main:quiz", (ctx) => ctx.conversation.enter("quiz"));
  bot.callbackQuery(/^bench-quiz:(?:full|some|none):back$/, (ctx) => send(ctx, screens.menu()));
  return bot;
}

async function quiz(conversation: Conversation<Context, Context>, ctx: Context, screens: Screens): Promise<void> {
  const answers: Answers = {};
  let ahead = "";
  for (const question of QUESTIONS) {
    await send(ctx, screens.question(question, ahead));
    answers[question.answer] = await answerTo(question, conversation, screens);
    ahead = screens.ahead(question, answers);
  }
  await send(ctx, screens.result(answers));
}

async function answerTo(question: Question, conversation: Conversation<Context, Context>, screens: Screens) {
  for (;;) {
    const ctx = await conversation.waitFor(["message:text", "callback_query:data"]);
    const answer = readAnswer(question, ctx.callbackQuery?.data, ctx.message?.text);
    if (answer !== undefined) return answer;
    for (const message of screens.retry(question)) await send(ctx, message);
  }
}

async function send(ctx: Context, { text, buttons }: Message): Promise<void> {
  if (buttons.length === 0) await ctx.reply(text);
  else await ctx.reply(text, { reply_markup: InlineKeyboard.from(buttons.map((button) => [button])) });
}
