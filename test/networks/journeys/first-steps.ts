import { GREETED, KNOWN, MY_LANGUAGE, PASSING, TELEGRAM, ZALO } from "./arrivals.ts";
import { type Journey, names, offers, pick, type Step, says, type } from "./journey.ts";

const PARTS = {
  campaign: "campaign.hello.text",
  tips: "tips.hello.text",
  quizzes: "quizzes.choose.text",
  safety: "safety.choose.text",
  report: "report.choose.text",
  help: "help.can-talk.text",
  calm: "calm.hello.text",
  pledge: "pledge.choose.text",
  feedback: "feedback.choose.text",
  settings: "settings.choose.text",
  about: "about.what.text",
} as const;

/** Into a part of the menu, and back by the word. */
function visit([part, text]: readonly [string, string]): readonly Step[] {
  return [
    { does: pick(`menu.choose.${part}`), sees: [text] },
    { does: type("menu", "menu"), sees: ["menu.choose.text"], not: [text] },
  ];
}

/** Meeting the bot, finding one's way, coming back. */
export const FIRST_STEPS: readonly Journey[] = [
  {
    name: "agrees to be remembered",
    steps: [
      ...GREETED,
      {
        does: pick("welcome.consent.yes"),
        sees: ["welcome.kept.text", "menu.first.text", offers("menu.choose.quizzes")],
      },
      { does: type("cài đặt", "settings"), sees: ["settings.choose.text"], not: ["menu.first.text"] },
      { does: pick("settings.choose.keep"), sees: ["settings.keep-stop.text"] },
      { does: pick("common.no"), sees: ["settings.choose.text"] },
    ],
  },
  {
    name: "does not agree, and reads what is kept",
    steps: [
      ...GREETED,
      { does: pick("welcome.consent.no"), sees: ["welcome.not-kept.text", "menu.choose.text"] },
      { does: pick("menu.choose.about"), sees: ["about.what.text", "about.choose.text"] },
      { does: pick("about.choose.privacy"), sees: ["about.privacy.text"] },
      { does: pick("about.choose.machine"), sees: ["about.machine.text"] },
      { does: type("cài đặt", "settings"), sees: ["settings.choose.text"] },
      { does: pick("settings.choose.keep"), sees: ["settings.keep-start.text"] },
    ],
  },
  { name: "looks at every part of the menu", steps: [...PASSING, ...Object.entries(PARTS).flatMap(visit)] },
  {
    name: "sends what the programme cannot read",
    steps: [
      ...PASSING,
      { does: { do: "sticker" }, sees: ["unreadable.cannot-read.text", names("nat-113"), names("nat-111-child")] },
      { does: { do: "photo" }, sees: ["unreadable.cannot-read.text"] },
      { does: { do: "voice" }, sees: ["unreadable.cannot-read.text", offers("unreadable.after.on")] },
      { does: { do: "unsupported" }, sees: ["unreadable.cannot-read.text"] },
      {
        on: ["zalo-bot"],
        does: [{ do: "unsupported" }, { do: "unsupported" }, type("giúp", "help")],
        sees: ["help.can-talk.text"],
        not: ["unreadable.cannot-read.text"],
      },
      { on: ["telegram", "zalo-oa"], does: pick("unreadable.after.help"), sees: ["help.can-talk.text"] },
      { does: pick("help.other"), sees: ["menu.choose.text"], not: ["unreadable.cannot-read.text"] },
    ],
  },
  {
    name: "comes by a poster, and tries a command that does not exist",
    steps: [
      {
        on: TELEGRAM,
        does: { do: "start", payload: "quiz_01" },
        sees: ["welcome.hello.text"],
        not: ["quizzes.choose.text"],
      },
      { on: ZALO, does: type("đố vui", "quiz"), sees: [offers(MY_LANGUAGE)] },
      { on: ZALO, does: pick(MY_LANGUAGE), sees: ["welcome.hello.text"] },
      { does: pick("welcome.consent.no"), sees: ["quizzes.choose.text"], not: ["menu.choose.text"] },
      { does: type("/khongco", "/nosuchthing"), sees: ["engine.unknown_command", "quizzes.choose.text"] },
      { on: TELEGRAM, does: { do: "start", payload: "tips_22" }, sees: ["tips.hello.text", "tips.choose.text"] },
      { on: ZALO, does: type("mẹo", "tips"), sees: ["tips.hello.text", "tips.choose.text"] },
    ],
  },
  {
    name: "blocks the bot, and comes back",
    steps: [
      ...KNOWN,
      { does: type("đố vui", "quiz"), sees: ["quizzes.choose.text"] },
      {
        does: [{ do: "block" }, { do: "unblock" }, { do: "start" }],
        sees: ["menu.choose.text"],
        not: ["welcome.consent.text"],
      },
      { does: pick("menu.choose.tips"), sees: [says("tips.choose.text")] },
    ],
  },
];
