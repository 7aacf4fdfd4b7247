import { type ApiClientOptions, type Bot, type Context, MemorySessionStorage, type StorageAdapter } from "grammy";
import type { Runner } from "./contender.ts";
import { type FlushedStore, openFlushedStore } from "./text-stores.ts";
import { type BotUpdate, chatOf, replyOfSent, Sent, type SentMessage, startUpdate, updateAt } from "./updates.ts";

/** Where sessions are: a map of objects, or a flushed file of JSON. */
export type Sessions = "memory" | "flushed";

type Make<S, C extends Context> = (storage: StorageAdapter<S>, client: ApiClientOptions) => Bot<C>;

/** A bot with its network replaced by a list, and every citizen at the menu. */
export async function openGrammy<S, C extends Context>(
  citizens: number,
  sessions: Sessions,
  make: Make<S, C>,
): Promise<Runner> {
  const file = sessions === "flushed" ? await openFlushedStore() : undefined;
  const sent = new Sent();
  const bot = offline(make, file === undefined ? new MemorySessionStorage<S>() : jsonStorage<S>(file), sent);
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

/**
 * The same with what An Tâm promises: an update that comes again has no effect, and a reply survives a crash. Session,
 * update id and messages are written in one transaction after the handlers are done.
 */
export async function openGrammyExactly<S, C extends Context>(citizens: number, make: Make<S, C>): Promise<Runner> {
  const file = await openFlushedStore();
  const held = new Map<string, string>();
  const reading = jsonStorage<S>(file);
  const storage = { ...reading, write: (key: string, value: S) => void held.set(key, JSON.stringify(value)) };
  const sent = new Sent();
  const bot = offline(make, storage, sent);
  const turn = async (citizen: number, update: BotUpdate): Promise<readonly SentMessage[]> => {
    const [key, input] = [String(chatOf(citizen).id), String(update.update_id)];
    if (file.seen(key, input)) return [];
    const list = sent.begin(citizen);
    await bot.handleUpdate(update);
    file.commit({ key, value: held.get(key) ?? "{}", input, messages: list.map((one) => JSON.stringify(one)) });
    held.delete(key);
    return list;
  };
  for (let citizen = 0; citizen < citizens; citizen++) await turn(citizen, startUpdate(citizen));
  file.flushEveryWrite();
  return { turn: (citizen, step) => turn(citizen, updateAt(citizen, step)), reply: replyOfSent, close: file.close };
}

function offline<S, C extends Context>(make: Make<S, C>, storage: StorageAdapter<S>, sent: Sent): Bot<C> {
  const bot = make(storage, { fetch: fetchInto(sent) });
  bot.api.config.use((_previous, _method, payload) => {
    if ("chat_id" in payload && "text" in payload) {
      sent.add(Number(payload.chat_id), { ...payload, text: String(payload.text) });
    }
    return Promise.resolve({ ok: true, result: SENT_MESSAGE } as never);
  });
  return bot;
}

/**
 * A network for calls that no transformer of the bot sees: conversations v2 makes its own API objects from the client
 * options alone.
 */
function fetchInto(sent: Sent): NonNullable<ApiClientOptions["fetch"]> {
  const answer = { json: async () => ({ ok: true, result: SENT_MESSAGE }) };
  return (async (_url: unknown, request: { readonly body: string }) => {
    const { chat_id, text, reply_markup } = JSON.parse(request.body);
    sent.add(chat_id, { text, reply_markup });
    return answer;
  }) as never;
}

const SENT_MESSAGE = { message_id: 1, date: 1, chat: { id: 1, type: "private", first_name: "An" }, text: "" };

/** Sessions as JSON in a file. */
export function jsonStorage<S>(file: FlushedStore): StorageAdapter<S> {
  return {
    read(key) {
      const text = file.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    write: (key, value) => file.set(key, JSON.stringify(value)),
    delete: (key) => file.delete(key),
  };
}
