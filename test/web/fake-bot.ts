import type { NumberedMessage, OutMessage } from "../../src/channels/message.ts";
import type { HandleInbound, TurnReceipt } from "../../src/channels/port.ts";
import type { Lang } from "../../src/flow/ids.ts";
import type { Input } from "../../src/flow/input.ts";

/** A message with the usual empty parts. */
export function message(text: string, parts: Partial<OutMessage> = {}): OutMessage {
  return {
    text,
    choices: [],
    exits: ["menu", "help"],
    calls: [],
    links: [],
    expects: "choice",
    clear: false,
    ...parts,
  };
}

export function choices(...labels: readonly string[]): OutMessage["choices"] {
  return labels.map((label, i) => ({ id: `c${i}`, label, token: `talk:menu:${label}` }));
}

interface Chat {
  seq: number;
  readonly seen: Set<string>;
  pending: NumberedMessage[];
}

/**
 * Keeps the contract of a receipt, in memory: one turn at a time for each chat, every input id once, numbers without
 * gaps, messages held until they are acknowledged, nothing left after forgetting.
 */
export class FakeBot {
  /** Every input that had its effect. */
  readonly inputs: {
    readonly chat: string;
    readonly id: string;
    readonly lang: Lang | undefined;
    readonly input: Input;
  }[] = [];
  readonly forgotten: string[] = [];
  /** Times `handle` was called, repeats included. */
  calls = 0;
  keep = false;
  readonly #chats = new Map<string, Chat>();
  readonly #answer: (input: Input, lang: Lang, known: boolean) => readonly OutMessage[];

  constructor(answer: (input: Input, lang: Lang, known: boolean) => readonly OutMessage[] = talk) {
    this.#answer = answer;
  }

  readonly handle: HandleInbound = async ({ chat, id, lang, input }): Promise<TurnReceipt> => {
    this.calls++;
    await Promise.resolve();
    const known = this.#chats.has(chat);
    const record = this.#chat(chat);
    const state = { flow: "talk", node: "menu", lang: lang ?? "vi", keep: this.keep, parting: false };
    if (record.seen.has(id)) return { ...state, duplicate: true, messages: [] };
    record.seen.add(id);
    this.inputs.push({ chat, id, lang, input });
    const messages = this.#add(record, this.#answer(input, lang ?? "vi", known));
    return { ...state, duplicate: false, messages };
  };

  async pending(chat: string, after: number): Promise<readonly NumberedMessage[]> {
    return this.#chats.get(chat)?.pending.filter(({ seq }) => seq > after) ?? [];
  }

  async delivered(chat: string, seq: number): Promise<void> {
    const record = this.#chats.get(chat);
    if (record !== undefined) record.pending = record.pending.filter((held) => held.seq > seq);
  }

  async forget(chat: string): Promise<void> {
    this.forgotten.push(chat);
    this.#chats.delete(chat);
  }

  /** A message that comes by itself. */
  push(chat: string, text: string): void {
    this.#add(this.#chat(chat), [message(text)]);
  }

  /** What the person typed, in the order it had its effect. */
  get texts(): readonly string[] {
    return this.inputs.flatMap(({ input }) => (input.kind === "text" ? [input.text] : []));
  }

  #chat(chat: string): Chat {
    const record = this.#chats.get(chat) ?? { seq: 0, seen: new Set(), pending: [] };
    this.#chats.set(chat, record);
    return record;
  }

  #add(record: Chat, messages: readonly OutMessage[]): readonly NumberedMessage[] {
    const numbered = messages.map((out) => ({ ...out, seq: ++record.seq }));
    record.pending.push(...numbered);
    return numbered;
  }
}

/** A small conversation in both languages. */
export function talk(input: Input, lang: Lang, known: boolean): readonly OutMessage[] {
  const vi = lang === "vi";
  if (input.kind === "start") {
    if (known) return [message(vi ? "Chào bạn trở lại." : "Welcome back.", { choices: menuOf(vi) })];
    const hello = vi ? "Chào bạn. Mình là An Tâm." : "Hello. This is An Tâm.";
    return [message(hello), message(vi ? "Bạn muốn làm gì?" : "What would you like to do?", { choices: menuOf(vi) })];
  }
  if (input.kind === "location") return [message(vi ? `Gần ${input.latitude}` : `Near ${input.latitude}`)];
  if (input.kind === "choice") return pressed(input.token, vi);
  if (input.kind !== "text") return [];
  if (input.text.startsWith("/lang-")) return [message(vi ? "Mình nói tiếng Việt." : "I speak English now.")];
  if (input.text === "clear") return [message(vi ? "Mẹo nấu cơm." : "How to cook rice.", { clear: true, exits: [] })];
  return [message(vi ? `Bạn viết: ${input.text}` : `You wrote: ${input.text}`)];
}

function menuOf(vi: boolean): OutMessage["choices"] {
  return vi ? choices("Đố vui", "Mẹo hôm nay", "Nơi tôi ở") : choices("Quiz", "Tip of the day", "Where I live");
}

function pressed(token: string, vi: boolean): readonly OutMessage[] {
  if (token === "::help") {
    const calls = [{ label: vi ? "Gọi nơi giúp" : "Call a service", tel: "0000000000" }];
    const links = [{ label: "example.org", url: "https://example.org/" }];
    return [message(vi ? "Bạn có thể gọi." : "You can call.", { calls, links })];
  }
  if (token.endsWith("Nơi tôi ở")) return [message("Bạn ở đâu?", { expects: "place" })];
  return [
    message(vi ? "Câu tiếp theo." : "The next question.", {
      choices: choices(vi ? "Đúng" : "True", vi ? "Sai" : "False"),
    }),
  ];
}
