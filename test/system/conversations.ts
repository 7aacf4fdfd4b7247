import type { NumberedMessage } from "../../src/channels/message.ts";
import { createBot, openApp } from "../../src/commands/app.ts";
import { choiceToken, EXIT_TOKENS, type Input } from "../../src/flow/input.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import type { Sent } from "./chat-client.ts";

/**
 * Conversations without chance and without words that live in memory only, so that they go the same way however
 * often the server dies meanwhile. Help and reporting are left before their answers matter: those are forgotten
 * by a restart, on purpose.
 */
export const CONVERSATIONS: readonly (readonly Sent[])[] = [
  [
    { kind: "start", payload: "settings" },
    at("welcome", "consent", "yes"),
    at("settings", "choose", "language"),
    at("settings", "language", "en"),
    at("settings", "choose", "place"),
    say("Quảng Ninh"),
    at("settings", "choose", "reminders"),
    at("settings", "reminders", "tips"),
    at("settings", "choose", "reminders"),
    at("settings", "reminders", "off"),
    at("settings", "off", "all"),
    at("settings", "choose", "forget-place"),
    at("settings", "choose", "language"),
    at("settings", "language", "vi"),
    at("settings", "choose", "keep"),
    at("settings", "keep-stop", "yes"),
  ],
  [
    { kind: "start", payload: "pledge" },
    at("welcome", "consent", "no"),
    at("pledge", "choose", "listen"),
    at("pledge", "thanks", "another"),
    say("4"),
    say("những chữ này không khớp mục nào"),
    at("pledge", "thanks", "another"),
    at("pledge", "choose", "learn"),
    { kind: "choice", token: EXIT_TOKENS.menu },
    at("pledge", "choose", "listen"),
    at("quizzes", "play", "gone-0"),
  ],
  [
    { kind: "start" },
    at("welcome", "consent", "yes"),
    at("campaign", "past", "2025-hai-phong"),
    at("campaign", "past-choose", "slogans"),
    at("campaign", "past-choose", "activities"),
    at("campaign", "past-choose", "another"),
    say("2"),
    say("/no-such-command"),
    at("campaign", "past-choose", "slogans"),
    { kind: "location", latitude: 21.03, longitude: 105.85 },
    at("feedback", "rate", "useful"),
    at("feedback", "rate", "not-yet"),
  ],
  [
    { kind: "start", payload: "tips" },
    at("welcome", "consent", "yes"),
    at("tips", "choose", "topics"),
    at("tips", "topics", "images"),
    at("tips", "topic-choose", "again"),
    at("tips", "topic-choose", "again"),
    say("giúp"),
    at("help", "can-talk", "safe"),
    at("help", "whom", "me"),
    at("help", "what", "other"),
    at("tips", "topic-choose", "daily"),
    at("tips", "choose", "stop-daily"),
    at("report", "choose", "intimate-images"),
    at("report", "card", "other"),
    at("pledge", "choose", "raise"),
  ],
];

/** What one input leads to, as a browser sees it. */
export interface Step {
  readonly messages: readonly Pick<NumberedMessage, "seq" | "text" | "choices">[];
  readonly flow: string | null;
  readonly node: string | null;
}

/** What a conversation counts: `flow/node/count` and how often. */
export type Counted = ReadonlyMap<string, number>;

export interface Reference {
  readonly steps: readonly Step[];
  readonly counted: Counted;
}

/** How a conversation goes when nothing ever fails: the same bot in this process, its store in memory. */
export async function referenceOf(conversation: readonly Sent[]): Promise<Reference> {
  const app = await openApp({ profile: null, slots: {}, random: () => 0 });
  const keyring = ephemeralKeyring();
  const store = await openSqliteStore({ file: ":memory:", keyring });
  const bot = createBot(app, store, keyring, Date.now);
  const steps: Step[] = [];
  for (const [index, input] of conversation.entries()) {
    const receipt = await bot.turn({ channel: "web", chat: "reference", id: String(index), lang: "vi", input });
    steps.push({ messages: receipt.messages.map(seen), flow: receipt.flow, node: receipt.node });
  }
  const rows = await store.counts("2000-01-01", "2100-01-01");
  await store.close();
  return { steps, counted: sum(rows) };
}

/** The part of a message that has to be the same. */
export function seen({ seq, text, choices }: Step["messages"][number]): Step["messages"][number] {
  return { seq, text, choices };
}

/** Adds up over days, channels and provinces. */
export function sum(
  rows: readonly { readonly flow: string; readonly node: string; readonly count: string; readonly n: number }[],
): Counted {
  const total = new Map<string, number>();
  for (const { flow, node, count, n } of rows) {
    const name = `${flow}/${node}/${count}`;
    total.set(name, (total.get(name) ?? 0) + n);
  }
  return total;
}

function at(flow: string, node: string, choice: string): Input & { kind: "choice" } {
  return { kind: "choice", token: choiceToken(flow, node, choice) };
}

function say(text: string): Input & { kind: "text" } {
  return { kind: "text", text };
}
