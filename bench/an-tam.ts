import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { Bot } from "../src/bot/bot.ts";
import { Drafts } from "../src/bot/drafts.ts";
import { emptyCommit } from "../src/bot/empty-commit.ts";
import { limitsOf } from "../src/channels/limits.ts";
import type { OutMessage } from "../src/channels/message.ts";
import type { TurnReceipt } from "../src/channels/port.ts";
import { render } from "../src/channels/render.ts";
import type { App } from "../src/commands/app.ts";
import { type Advance, advance, begin } from "../src/flow/engine.ts";
import { choiceToken, type Input } from "../src/flow/input.ts";
import type { State } from "../src/flow/session.ts";
import type { CitizenStore } from "../src/stores/citizen-store.ts";
import { type Keyring, openKeyring } from "../src/stores/keyring.ts";
import { openSqliteStore } from "../src/stores/sqlite/store.ts";
import type { Contender, Reply, Runner } from "./contender.ts";
import { placeAt, TURNS, turnAt } from "./conversation.ts";
import { chatOf } from "./updates.ts";

const CHANNEL = "telegram";
/** Commits that preload together; the store makes groups of them. */
const PRELOAD = 2_000;
const HOUR_MS = 3_600_000;

function inputAt(step: number): Input {
  const { act } = turnAt(step);
  if ("say" in act) return { kind: "text", text: act.say };
  const { flow, node } = placeAt(step);
  return { kind: "choice", token: choiceToken(flow, node, act.press) };
}

function atMenu(app: App): State {
  return begin(app.program, "bench-menu", { lang: "vi" }, app.worlds.at(Date.now())).state;
}

function replyOf(messages: readonly OutMessage[]): Reply {
  return {
    texts: messages.map(({ text }) => text),
    buttons: messages.flatMap(({ choices }) => choices.map(({ label }) => label)),
  };
}

function rendered(app: App, { state, effects }: Advance): OutMessage[] {
  const lang = state.session.me.lang ?? app.program.defaultLang;
  return effects.flatMap((effect) =>
    effect.kind === "send" ? render(effect.screen, lang, limitsOf(CHANNEL), app.say) : [],
  );
}

function isAdvance(said: unknown): said is Advance {
  return typeof said === "object" && said !== null && "effects" in said;
}

/** The pure engine: sessions in a map, screens as data. */
export function engineOnly(app: App): Contender {
  return {
    name: "An Tâm, engine",
    open: async (citizens) => {
      const states: State[] = Array.from({ length: citizens }, () => atMenu(app));
      return {
        turn(citizen, step) {
          const done = advance(app.program, states[citizen] ?? null, inputAt(step), app.worlds.at(Date.now()));
          states[citizen] = done.state;
          return done;
        },
        reply: (said) => replyOf(isAdvance(said) ? rendered(app, said) : []),
        close: async () => undefined,
      };
    },
  };
}

/** The engine and everything up to the finished messages of one channel. */
export function engineAndTexts(app: App): Contender {
  return {
    name: "An Tâm, engine and texts",
    open: async (citizens) => {
      const states: State[] = Array.from({ length: citizens }, () => atMenu(app));
      let last: readonly OutMessage[] = [];
      return {
        turn(citizen, step) {
          const done = advance(app.program, states[citizen] ?? null, inputAt(step), app.worlds.at(Date.now()));
          states[citizen] = done.state;
          last = rendered(app, done);
          return last;
        },
        reply: () => replyOf(last),
        close: async () => undefined,
      };
    },
  };
}

/** How the database file grew by the citizens that were preloaded. */
export interface Growth {
  readonly citizens: number;
  /** Bytes of the file per citizen, everything moved from the log into it. */
  readonly bytesPerCitizen: number;
}

interface DurableRunner extends Runner {
  growth(): Promise<Growth>;
}

/** A whole turn on the file store with everything on, and the note that its messages were delivered. */
export function durableBot(app: App, grown: (growth: Growth) => void = () => undefined): Contender {
  return { name: "An Tâm, whole turn", open: (citizens) => openDurable(app, citizens, grown) };
}

async function openDurable(app: App, citizens: number, grown: (growth: Growth) => void): Promise<DurableRunner> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-bench-"));
  const file = join(folder, "citizens.sqlite");
  const keyring = await openKeyring(folder);
  const store = await openSqliteStore({ file, keyring });
  const chats = Array.from({ length: citizens }, (_, citizen) => String(chatOf(citizen).id));
  const keys = chats.map((chat) => keyring.citizenKey(CHANNEL, chat));
  const bot = new Bot({
    program: app.program,
    say: app.say,
    store,
    drafts: new Drafts(() => null),
    keyOf: (channel, chat) => keyring.citizenKey(channel, chat),
    worldAt: (at) => app.worlds.at(at),
    now: Date.now,
    provinceOf: app.worlds.provinceOf,
  });
  const empty = await fileSize(file);
  await standAtMenu(app, store, keyring, citizens);
  const growth = async () => ({ citizens, bytesPerCitizen: ((await fileSize(file)) - empty) / citizens });
  grown(await growth());
  return {
    growth,
    async turn(citizen, step) {
      const [chat, key] = [chats[citizen], keys[citizen]];
      if (chat === undefined || key === undefined) throw new RangeError(`there is no citizen ${citizen}`);
      const receipt = await bot.turn({ channel: CHANNEL, chat, id: nextId(), lang: "vi", input: inputAt(step) });
      await store.delivered(key, receipt.messages.at(-1)?.seq ?? 0);
      return receipt;
    },
    reply: (said) => replyOf(isReceipt(said) ? said.messages : []),
    async close() {
      await bot.idle();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** How the file grows when each of so many citizens has just held the whole conversation. */
export async function growthOfConversations(app: App, citizens: number): Promise<Growth> {
  const runner = await openDurable(app, citizens, () => undefined);
  try {
    for (let step = 0; step < TURNS.length; step++) {
      await Promise.all(Array.from({ length: citizens }, (_, citizen) => runner.turn(citizen, step)));
    }
    await pause(DELIVERY_MS);
    return await runner.growth();
  } finally {
    await runner.close();
  }
}

/** By then the store has written down all deliveries. */
const DELIVERY_MS = 300;

/** Bytes, after everything was moved from the log into the file. */
async function fileSize(file: string): Promise<number> {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return (await stat(file)).size;
}

let ids = 0;
/** As long as Telegram's update ids. */
function nextId(): string {
  ids += 1;
  return String(900_000_000 + ids);
}

function isReceipt(said: unknown): said is TurnReceipt {
  return typeof said === "object" && said !== null && "duplicate" in said;
}

/** Real commits: each of these citizens has had one turn and stands at the menu. */
export async function standAtMenu(app: App, store: CitizenStore, keyring: Keyring, citizens: number): Promise<void> {
  const now = Date.now();
  const { session } = atMenu(app);
  const stand = (citizen: number) => {
    const chat = String(chatOf(citizen).id);
    const commit = emptyCommit(keyring.citizenKey(CHANNEL, chat), CHANNEL, now);
    const expiresAt = now + 24 * HOUR_MS;
    return store.commit({ ...commit, inputId: nextId(), session, address: chat, expiresAt });
  };
  for (let from = 0; from < citizens; from += PRELOAD) {
    const count = Math.min(PRELOAD, citizens - from);
    await Promise.all(Array.from({ length: count }, (_, index) => stand(from + index)));
  }
}
