import {
  type ApiClientOptions,
  Bot,
  Composer,
  type Context,
  InlineKeyboard,
  type SessionFlavor,
  type StorageAdapter,
  session,
} from "grammy";
import type { Contender } from "./contender.ts";
import { QUESTIONS, type Question } from "./conversation.ts";
import { openGrammy, openGrammyExactly, type Sessions } from "./grammy-runner.ts";
import { type Answers, type Message, readAnswer, type Screens } from "./screens.ts";
import { BOT_INFO, BOT_TOKEN } from "./updates.ts";

export interface Place {
  at: string;
  answers: Answers;
}
export type PlaceContext = Context & SessionFlavor<Place>;
type Ctx = PlaceContext;

/** grammY with its session plugin; `route` sends each update to the composer of the place a citizen stands on. */
export function grammySession(screens: Screens, sessions: Sessions): Contender {
  return {
    name: "grammY, session and route",
    open: (citizens) => openGrammy<Place, Ctx>(citizens, sessions, (store) => sessionBot(screens, store)),
  };
}

/** The same bot on disk with what An Tâm promises: nothing twice, nothing lost. */
export function grammySessionExactly(screens: Screens): Contender {
  return {
    name: SAME_PROMISES,
    open: (citizens) => openGrammyExactly<Place, Ctx>(citizens, (store) => sessionBot(screens, store)),
  };
}

/** The contender that is not a library as it comes, so no goal is held against it. */
export const SAME_PROMISES = "grammY, session and route, with update ids and outbox";

/** The bot by itself; `first` handles updates before it, `client` says where the network is. */
export function sessionBot(
  screens: Screens,
  storage: StorageAdapter<Place>,
  { first = new Composer<Ctx>(), client = {} }: { first?: Composer<Ctx>; client?: ApiClientOptions } = {},
): Bot<Ctx> {
  const bot = new Bot<Ctx>(BOT_TOKEN, { botInfo: BOT_INFO, client });
  bot.use(first);
  bot.use(session({ initial: (): Place => ({ at: "menu", answers: {} }), storage }));
  bot.command("start", (ctx) => toMenu(ctx, screens));
  const places = QUESTIONS.map((question, index) => [question.id, asking(screens, question, QUESTIONS[index + 1])]);
  bot.route((ctx) => ctx.session.at, { menu: menu(screens), result: result(screens), ...Object.fromEntries(places) });
  return bot;
}

async function toMenu(ctx: Ctx, screens: Screens): Promise<void> {
  ctx.session = { at: "menu", answers: {} };
  await send(ctx, screens.menu());
}

function menu(screens: Screens): Composer<Ctx> {
  const composer = new Composer<Ctx>();
  const [first] = QUESTIONS;
  composer.callbackQuery("bench-menu:main:quiz", async (ctx) => {
    if (first === undefined) return;
    ctx.session.at = first.id;
    await send(ctx, screens.question(first));
  });
  return composer;
}

function asking(screens: Screens, question: Question, next: Question | undefined): Composer<Ctx> {
  const composer = new Composer<Ctx>();
  composer.on(["message:text", "callback_query:data"], async (ctx) => {
    const answer = readAnswer(question, ctx.callbackQuery?.data, ctx.message?.text);
    if (answer === undefined) {
      for (const message of screens.retry(question)) await send(ctx, message);
      return;
    }
    ctx.session.answers[question.answer] = answer;
    ctx.session.at = next?.id ?? "result";
    const ahead = screens.ahead(question, ctx.session.answers);
    await send(ctx, next === undefined ? screens.result(ctx.session.answers) : screens.question(next, ahead));
  });
  return composer;
}

function result(screens: Screens): Composer<Ctx> {
  const composer = new Composer<Ctx>();
  composer.callbackQuery(/^bench-quiz:(?:full|some|none):back$/, (ctx) => toMenu(ctx, screens));
  return composer;
}

async function send(ctx: Context, { text, buttons }: Message): Promise<void> {
  if (buttons.length === 0) await ctx.reply(text);
  else await ctx.reply(text, { reply_markup: InlineKeyboard.from(buttons.map((button) => [button])) });
}
