import type { NetworkName } from "../../support/networks/rig.ts";

/** One thing a person does. */
export type Act =
  /** First contact, as the network makes it: a command, a greeting, a follow. */
  | { readonly do: "open" }
  /** `hasty`: and does the next thing without waiting for the reply. */
  | { readonly do: "say"; readonly text: string; readonly hasty?: true }
  /** Types words that nobody else types. */
  | { readonly do: "propose" }
  /**
   * Takes a choice of the last question by its id: a button, or its number. `back`: so many acts are done again when
   * the bot no longer remembers what this is about.
   */
  | { readonly do: "pick"; readonly id: string; readonly back?: number }
  /** Answers the question of a quiz correctly. */
  | { readonly do: "answer" };

/** The quiz of the scripts, and how many questions it has. */
export const QUIZ = { id: "digital-age", questions: 10 } as const;

/**
 * Conversations whose effects can be told apart, and that go the same way at every hour and on every day. What a restart makes the bot forget, on purpose, matters for one reply
 * at most; none deletes the citizen, because nothing that is sent then is stored.
 */
export function scriptsFor(network: NetworkName): readonly (readonly Act[])[] {
  return [
    [...meet(network, "yes"), ...SETTINGS],
    [...meet(network, "no"), ...PLEDGES],
    [...meet(network, "no"), ...HELP],
    [...meet(network, "yes"), ...DISCLOSURES],
    STRANGER_IN_NEED,
    [...meet(network, "no"), ...QUIZZES],
    [...meet(network, "no"), ...PROPOSAL],
  ];
}

/** Telegram says what people read; on Zalo they are asked. */
function meet(network: NetworkName, keep: "yes" | "no"): readonly Act[] {
  return [{ do: "open" }, ...(network === "telegram" ? [] : [pick("vi")]), pick(keep)];
}

const SETTINGS: readonly Act[] = [
  say("cài đặt"),
  pick("language"),
  pick("en"),
  pick("place"),
  say("Quảng Ninh"),
  pick("reminders"),
  pick("tips"),
  pick("forget-place"),
  pick("language"),
  pick("vi"),
  say("giúp"),
  pick("other"),
  pick("keep"),
  pick("yes"),
  say("menu"),
];

const PLEDGES: readonly Act[] = [
  pick("pledge"),
  pick("listen"),
  pick("another"),
  say("4"),
  say("những chữ này không khớp mục nào"),
  pick("another"),
  pick("learn"),
  say("góp ý"),
  pick("rate"),
  pick("useful"),
  pick("rate"),
  pick("not-yet"),
  say("cần giúp đỡ"),
  pick("danger"),
  say("menu"),
];

const HELP: readonly Act[] = [
  hastily("cài đặt"),
  hastily("menu"),
  say("giúp"),
  pick("safe"),
  pick("me"),
  pick("other"),
  hastily("góp ý"),
  say("cứu tôi với"),
  pick("leave"),
  say("menu"),
  pick("help"),
  pick("danger"),
  say("menu"),
];

const DISCLOSURES: readonly Act[] = [
  pick("pledge"),
  say("chồng tôi đánh tôi"),
  pick("danger"),
  say("menu"),
  say("có người dọa tung ảnh riêng tư của tôi"),
  pick("danger"),
  say("menu"),
  say("tôi không muốn sống nữa"),
  pick("leave"),
  say("menu"),
];

const STRANGER_IN_NEED: readonly Act[] = [hastily("cứu tôi với"), say("giúp"), pick("safe"), say("menu")];

const QUIZZES: readonly Act[] = [
  pick("quizzes"),
  pick(QUIZ.id),
  ...Array.from({ length: QUIZ.questions }, (): Act => ({ do: "answer" })),
  pick("help"),
  pick("danger"),
  say("menu"),
];

const PROPOSAL: readonly Act[] = [
  say("góp ý"),
  pick("proposal"),
  { do: "propose" },
  { do: "pick", id: "yes", back: 1 },
  say("giúp"),
  say("menu"),
];

function say(text: string): Act {
  return { do: "say", text };
}

function hastily(text: string): Act {
  return { do: "say", text, hasty: true };
}

function pick(id: string): Act {
  return { do: "pick", id };
}
