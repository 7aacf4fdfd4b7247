import type { Bot } from "../bot/bot.ts";
import { emptyCommit } from "../bot/empty-commit.ts";
import { expiresAt } from "../bot/retention.ts";
import { runInteractive, type Talk } from "../channels/terminal/interactive.ts";
import { runJsonLines } from "../channels/terminal/json-lines.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import type { Input } from "../flow/input.ts";
import { freshState, type Session } from "../flow/session.ts";
import type { CitizenStore } from "../stores/citizen-store.ts";
import { ephemeralKeyring } from "../stores/keyring.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import { openSqliteStore } from "../stores/sqlite/store.ts";
import { type App, createBot, openApp, readTeam } from "./app.ts";

export interface ChatOptions {
  readonly lang?: Lang;
  readonly place?: string;
  readonly date?: number;
  readonly json?: true;
}

const CHANNEL = "terminal";
const CHAT = "terminal";

/** The terminal conversation: the same engine and store code, in memory, so that nothing is kept. */
export async function chat(config: Config, options: ChatOptions): Promise<void> {
  const team = await openLowdbStore({ folder: config.DATA_DIR, readOnly: true });
  const app = await openApp({ ...(await readTeam(team)), random: Math.random });
  await team.close();
  const keyring = ephemeralKeyring();
  const key = keyring.citizenKey(CHANNEL, CHAT);
  const store = await openSqliteStore({ file: ":memory:", keyring });
  const now = clock(options.date);
  const bot = createBot(app, store, keyring, now);
  const session = firstSession(app, options, now());
  const commit = emptyCommit(key, CHANNEL, now());
  await store.commit({ ...commit, session, expiresAt: expiresAt(session, CHANNEL) });
  try {
    let number = 0;
    const send = (input: Input) => bot.turn({ channel: CHANNEL, chat: CHAT, id: String(++number), input });
    if (options.json) await runJsonLines((text) => send({ kind: "text", text }), process.stdin, process.stdout);
    else
      await runInteractive(
        talkWith(bot, send, (after) => bot.pending(CHANNEL, CHAT, after)),
        process.stdin,
        process.stdout,
      );
  } finally {
    await store.close();
  }
}

/** The real clock, or one that starts at the given moment. */
function clock(start: number | undefined): () => number {
  if (start === undefined) return Date.now;
  const shift = start - Date.now();
  return () => Date.now() + shift;
}

/** A stranger, with the language and place given on the command line. */
function firstSession(app: App, { lang, place }: ChatOptions, now: number): Session {
  const { session } = freshState(now, lang ?? app.program.defaultLang);
  if (place === undefined) return session;
  const { places } = app.worlds.at(now);
  const answer = places.name(place) === undefined ? places.resolve(place) : { kind: "found" as const, code: place };
  if (answer.kind === "found") return { ...session, me: { ...session.me, place: answer.code } };
  const several = answer.kind === "ambiguous" ? answer.candidates.map((one) => one.name.vi).join(", ") : "";
  const what = several === "" ? "is no place that is known" : `fits several places: ${several}`;
  throw new AppError("input_invalid", `--place ${place} ${what}. Give a province or commune by name or code.`);
}

/** Follows which messages the terminal has shown, so that those that arise by themselves come once. */
function talkWith(
  bot: Bot,
  send: (input: Input) => ReturnType<Bot["turn"]>,
  pending: (after: number) => ReturnType<CitizenStore["pending"]>,
): Talk {
  let shown = 0;
  const showing = async (input: Input) => {
    const receipt = await send(input);
    const first = receipt.messages[0]?.seq ?? 0;
    shown = receipt.messages.at(-1)?.seq ?? (first === 1 ? 0 : shown);
    return receipt;
  };
  return {
    say: (text) => showing({ kind: "text", text }),
    open: async () => (await showing({ kind: "start" })).messages,
    arisen: async () => {
      await bot.tick();
      const messages = await pending(shown);
      shown = messages.at(-1)?.seq ?? shown;
      return messages;
    },
  };
}
