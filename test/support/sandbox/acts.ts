import { z } from "zod";
import type { Handset } from "./people.ts";

/** What a person does with one phone. */
export const Act = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("type"), text: z.string().min(1).max(20_000) }),
  z.strictObject({ do: z.literal("press"), label: z.string().min(1), message: z.string().optional() }),
  z.strictObject({ do: z.literal("open"), payload: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }),
  z.strictObject({ do: z.literal("location"), latitude: z.number(), longitude: z.number() }),
  z.strictObject({ do: z.literal("send"), what: z.string() }),
]);
export type Act = z.infer<typeof Act>;

/** What can be done on this phone beside typing and pressing, in the order of a menu. */
export function actsOn(handset: Handset): readonly string[] {
  return Object.keys(wordless(handset));
}

/** Carries it out. Throws `Error` for what this phone cannot do now. */
export function perform(handset: Handset, act: Act): void {
  const { phone, kinds } = handset;
  const before = new Set(phone.screen().map(({ id }) => id));
  carryOut(handset, act);
  const kind = act.do === "send" ? act.what : act.do;
  for (const { id, from, text } of phone.screen()) {
    if (from === "person" && text === "" && !before.has(id)) kinds.set(id, kind);
  }
}

function carryOut(handset: Handset, act: Act): void {
  const { phone } = handset;
  switch (act.do) {
    case "type":
      return phone.type(act.text);
    case "press":
      return act.message === undefined ? phone.press(act.label) : phone.pressOn(act.message, act.label);
    case "open":
      phone.start(act.payload);
      handset.blocked = false;
      return;
    case "location":
      return phone.location(act.latitude, act.longitude);
    case "send": {
      const run = wordless(handset)[act.what];
      if (run === undefined) throw new Error(`this phone knows no "${act.what}"`);
      return run();
    }
  }
}

type Wordless = Readonly<Record<string, () => void>>;

function wordless(handset: Handset): Wordless {
  const { phone } = handset;
  const start = (): void => {
    phone.start();
    handset.blocked = false;
  };
  const block = (): void => {
    phone.block();
    handset.blocked = true;
  };
  const unblock = (): void => {
    phone.unblock();
    handset.blocked = false;
  };
  return {
    start,
    photo: () => phone.photo(),
    voice: () => phone.voice(),
    sticker: () => phone.sticker(),
    ...ofNetwork(handset),
    ...(handset.blocked ? { unblock } : { block }),
  };
}

function ofNetwork(handset: Handset): Wordless {
  switch (handset.network) {
    case "telegram": {
      const { phone } = handset;
      return {
        document: () => phone.document(),
        unsupported: () => phone.unsupported(),
        deactivate: () => phone.deactivate(),
      };
    }
    case "zalo-bot": {
      const { phone } = handset;
      return { link: () => phone.link("https://example.org"), protect: () => phone.protect() };
    }
    case "zalo-oa": {
      const { phone } = handset;
      return {
        document: () => phone.file(),
        video: () => phone.video(),
        card: () => phone.businessCard(),
        unsupported: () => phone.unsupported(),
        "chat-now": () => phone.chatNow(),
      };
    }
  }
}
