import type { PushDeps } from "../port.ts";
import type { Courtesies } from "./courtesies.ts";
import type { Decoded } from "./decode.ts";
import type { RecentChats } from "./recent-chats.ts";

export interface Inlet {
  /**
   * Resolves once the update had its effect or can have none; rejects when nothing was committed: it must come again.
   * `press` takes the waiting mark off a pressed button.
   */
  take(decoded: Decoded, press: (query: string) => void): Promise<void>;
  /** Resolves when nothing is being taken any more. */
  idle(): Promise<void>;
}

/** The one way in for updates, however they arrive. `pointer` gives what a group is told, once that is known. */
export function createInlet(
  handle: PushDeps["handle"],
  recent: RecentChats,
  courtesies: Courtesies,
  pointer: () => string | null,
): Inlet {
  const running = new Set<Promise<void>>();
  const take = async (decoded: Decoded, answer: (query: string) => void): Promise<void> => {
    switch (decoded.kind) {
      case "nothing":
        return;
      case "stray-press":
        return answer(decoded.query);
      case "group":
        return pointTo(decoded.chat);
      case "inbound":
        if (decoded.press !== undefined) answer(decoded.press.query);
        return takeInbound(decoded);
    }
  };

  function pointTo(group: number): void {
    const text = pointer();
    if (text !== null) courtesies.group(group, text);
  }

  async function takeInbound({ inbound, press }: Extract<Decoded, { kind: "inbound" }>): Promise<void> {
    const { chat, messageId, lang, input } = inbound;
    if (messageId !== undefined) recent.heard(chat, Number(messageId), lang);
    const replaces = press !== undefined && recent.isPassing(chat, press.message);
    const receipt = await handle(replaces ? { ...inbound, replaces: String(press.message) } : inbound);
    if (receipt.parting || input.kind === "left") recent.forget(chat);
    else recent.reads(chat, receipt.lang);
  }

  return {
    take(decoded, press) {
      const taken = take(decoded, press).finally(() => running.delete(taken));
      running.add(taken);
      return taken;
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
