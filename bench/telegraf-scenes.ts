import { Context, Markup, Scenes, session, Telegraf, Telegram } from "telegraf";
import type { Contender, Runner } from "./contender.ts";
import { QUESTIONS, type Question } from "./conversation.ts";
import type { Sessions } from "./grammy-runner.ts";
import { type Answers, type Message, readAnswer, type Screens } from "./screens.ts";
import { type FlushedStore, openFlushedStore } from "./text-stores.ts";
import { BOT_INFO, BOT_TOKEN, replyOfSent, Sent, startUpdate, updateAt } from "./updates.ts";

interface Kept extends Scenes.WizardSessionData {
  answers?: Answers;
}
export type SceneContext = Scenes.WizardContext<Kept>;
type Ctx = SceneContext;

/** telegraf with a wizard scene: one step per question. */
export function telegrafScenes(screens: Screens, sessions: Sessions): Contender {
  return { name: "telegraf, scenes", open: (citizens) => open(screens, sessions, citizens) };
}

async function open(screens: Screens, sessions: Sessions, citizens: number): Promise<Runner> {
  const file = sessions === "flushed" ? await openFlushedStore() : undefined;
  const sent = new Sent();
  const bot = new Telegraf<Ctx>(BOT_TOKEN, {
    contextType: offlineContext(sent),
    handlerTimeout: Number.POSITIVE_INFINITY,
  });
  furnish(bot, screens, file);
  for (let citizen = 0; citizen < citizens; citizen++) await bot.handleUpdate(startUpdate(citizen));
  file?.flushEveryWrite();
  return {
    async turn(citizen, step) {
      const list = sent.begin(citizen);
      await bot.handleUpdate(updateAt(citizen, step));
      return list;
    },
    reply: replyOfSent,
    close: async () => file?.close(),
  };
}

/** Gives a bot the conversation; sessions are in memory without a file. */
export function furnish(bot: Telegraf<Ctx>, screens: Screens, file: FlushedStore | undefined): void {
  bot.botInfo = BOT_INFO;
  bot.use(session(file === undefined ? {} : { store: jsonStore(file) }));
  bot.use(new Scenes.Stage<Ctx>([quizScene(screens)]).middleware());
  bot.start((ctx) => send(ctx, screens.menu()));
  bot.action("bench-menu:main:quiz", (ctx) => ctx.scene.enter("quiz"));
  bot.action(/^bench-quiz:(?:full|some|none):back$/, (ctx) => send(ctx, screens.menu()));
}

function quizScene(screens: Screens): Scenes.WizardScene<Ctx> {
  const [first] = QUESTIONS;
  const opening = async (ctx: Ctx) => {
    if (first !== undefined) await send(ctx, screens.question(first));
    ctx.wizard.next();
  };
  const steps = QUESTIONS.map(
    (question, index) => (ctx: Ctx) => answered(ctx, screens, question, QUESTIONS[index + 1]),
  );
  return new Scenes.WizardScene<Ctx>("quiz", opening, ...steps);
}

async function answered(ctx: Ctx, screens: Screens, question: Question, next: Question | undefined): Promise<void> {
  const answer = readAnswer(question, ctx.has("callback_query") ? dataIn(ctx) : undefined, ctx.text);
  if (answer === undefined) {
    for (const message of screens.retry(question)) await send(ctx, message);
    return;
  }
  const answers = { ...ctx.scene.session.answers, [question.answer]: answer };
  ctx.scene.session.answers = answers;
  const ahead = screens.ahead(question, answers);
  await send(ctx, next === undefined ? screens.result(answers) : screens.question(next, ahead));
  if (next === undefined) await ctx.scene.leave();
  else ctx.wizard.next();
}

function dataIn({ callbackQuery }: Context): string | undefined {
  return callbackQuery !== undefined && "data" in callbackQuery ? callbackQuery.data : undefined;
}

async function send(ctx: Context, { text, buttons }: Message): Promise<void> {
  if (buttons.length === 0) await ctx.reply(text);
  else {
    const rows = buttons.map((button) => [Markup.button.callback(button.text, button.callback_data)]);
    await ctx.reply(text, Markup.inlineKeyboard(rows));
  }
}

type Stored = Scenes.WizardSession<Kept>;

function jsonStore(file: FlushedStore) {
  return {
    get(key: string): Stored | undefined {
      const text = file.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    set: (key: string, value: Stored) => file.set(key, JSON.stringify(value)),
    delete: (key: string) => file.delete(key),
  };
}

/** telegraf makes a network client for every update; these contexts use one that only notes messages down. */
function offlineContext(sent: Sent) {
  class Offline extends Telegram {
    override async callApi(method: string, payload: object): Promise<never> {
      if (method === "sendMessage" && "chat_id" in payload && "text" in payload) {
        sent.add(Number(payload.chat_id), { ...payload, text: String(payload.text) });
      }
      return SENT_MESSAGE as never;
    }
  }
  const network = new Offline(BOT_TOKEN);
  class OfflineContext extends Context {
    constructor(...[update, , me]: ConstructorParameters<typeof Context>) {
      super(update, network, me);
    }
  }
  return OfflineContext as new (
    ...args: ConstructorParameters<typeof Context>
  ) => Ctx;
}

const SENT_MESSAGE = { message_id: 1, date: 1, chat: { id: 1, type: "private", first_name: "An" }, text: "" };
