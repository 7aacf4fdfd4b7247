import { z } from "zod";
import { limitsOf } from "../channels/limits.ts";
import { CHANNELS, type Inbound } from "../channels/port.ts";
import { foldWords } from "../language/fold.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { Actor } from "./access.ts";
import { type Actions, action } from "./action.ts";
import type { StaffOffice } from "./staff/staff.ts";

/** A chat of a member of staff, where their test messages go. */
export const TestChat = z.strictObject({ channel: z.enum(CHANNELS), chat: z.string().min(1) });
export type TestChat = z.infer<typeof TestChat>;

/** Chats that get test messages: a member of staff asks for a code and types it into the chat. */
export interface Testers {
  readonly actions: Actions;
  /**
   * Whether this input is a code that was asked for in the last minutes: the chat is that person's from now on. Fast and
   * without effect for everything else.
   */
  read(inbound: Pick<Inbound, "channel" | "chat" | "input">): Promise<boolean>;
  chats(member: string): Promise<readonly TestChat[]>;
}

export interface TestersDeps {
  readonly staff: Pick<StaffOffice, "testChats" | "changeTestChats">;
  readonly keyring: Pick<Keyring, "seal" | "open">;
  /** A whole number below `most`, of a generator that nobody can guess. */
  randomInt(most: number): number;
  now(): number;
}

const GOOD_MS = 15 * 60_000;
const DIGITS = 8;
/** Of one member of staff; the oldest goes. */
const MOST_CHATS = 5;
const WORD = /^(?:ma thu|thu|test) (\d{8})$/;
const Nothing = z.strictObject({});

/** Codes are held in memory: after a restart one asks for another. */
export function createTesters({ staff, keyring, randomInt, now }: TestersDeps): Testers {
  const codes = new Map<string, { readonly by: Actor; readonly until: number }>();
  const about = (member: string) => `test chat ${member}`;
  const open = (member: string, sealed: string) =>
    TestChat.parse(JSON.parse(keyring.open(Buffer.from(sealed, "base64"), about(member))));

  async function keep(by: Actor, chat: TestChat): Promise<void> {
    const sealed = Buffer.from(keyring.seal(JSON.stringify(chat), about(by.id))).toString("base64");
    await staff.changeTestChats((before) => {
      const others = before.filter((one) => JSON.stringify(open(by.id, one)) !== JSON.stringify(chat));
      return [...others, sealed].slice(-MOST_CHATS);
    }, by);
  }
  return {
    actions: {
      "own.test-code": action({
        right: "own",
        input: Nothing,
        async run(_, by) {
          for (const [code, asked] of codes) if (asked.until <= now() || asked.by.id === by.id) codes.delete(code);
          const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
          codes.set(code, { by, until: now() + GOOD_MS });
          return { code, minutes: GOOD_MS / 60_000 };
        },
      }),
      "own.test-forget": action({
        right: "own",
        input: Nothing,
        run: (_, by) => staff.changeTestChats(() => [], by),
      }),
    },
    async read({ channel, chat, input }) {
      if (codes.size === 0 || input.kind !== "text" || !limitsOf(channel).pushed) return false;
      const code = WORD.exec(foldWords(input.text))?.[1] ?? "";
      const asked = codes.get(code);
      if (asked === undefined || asked.until <= now()) return false;
      codes.delete(code);
      await keep(asked.by, { channel, chat });
      return true;
    },
    chats: async (member) => (await staff.testChats(member)).map((sealed) => open(member, sealed)),
  };
}
