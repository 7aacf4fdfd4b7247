import type { Bundle } from "../../../src/content/bundle.ts";
import type { TextRef } from "../../../src/flow/screen.ts";
import { KNOWN, PASSING, TELEGRAM, ZALO } from "./arrivals.ts";
import { asks, quizOf } from "./content.ts";
import { type Journey, offers, pick, says, saysOneOf, type Typed, type } from "./journey.ts";

const HOUSEHOLD = ["rice", "tea", "plants", "fridge", "towels", "onions"].map((tip) => `exit.${tip}.text`);
const OWN_WORD: Typed = { vi: "hoa hồng vàng", en: "blue sky" };

/** Changing one's mind: settings, leaving quickly, deleting, stopping, pressing what is past. */
export function waysOut(bundle: Bundle): readonly Journey[] {
  return [
    {
      name: "changes the language, and back",
      steps: [
        ...KNOWN,
        { does: type("cài đặt", "settings"), sees: ["settings.choose.text"] },
        { does: pick("settings.choose.language"), sees: ["settings.language.text"] },
        {
          does: pick({ vi: "English", en: "Tiếng Việt" }),
          sees: [says(otherwise(bundle, "settings.saved-kept.text"))],
        },
        { does: type("menu", "menu"), sees: [says(otherwise(bundle, "menu.choose.text"))] },
        { does: type("tiếng Việt", "English"), sees: ["menu.choose.text"] },
      ],
    },
    {
      name: "chooses a safe word, and uses it",
      steps: [
        ...KNOWN,
        { does: type("từ an toàn", "safe word"), sees: ["settings.choose.text"] },
        { does: pick("settings.choose.safe-word"), sees: ["settings.safe-word-pick.text"] },
        {
          does: { do: "type", text: OWN_WORD },
          sees: [
            "settings.safe-word-kept.text",
            says({ key: "settings.safe-word-pick.done", params: { word: OWN_WORD } }),
          ],
        },
        { does: type("giúp", "help"), sees: ["help.can-talk.text"] },
        {
          does: type("hoa hong vang", "Blue sky"),
          sees: [saysOneOf(HOUSEHOLD), offers("exit.more")],
          not: ["help.can-talk.text", "engine.exits_line"],
          alone: true,
        },
      ],
    },
    {
      name: "leaves quickly",
      steps: [
        ...PASSING,
        { does: type("giúp tôi với", "help me"), sees: ["help.can-talk.text"] },
        { does: pick("help.can-talk.danger"), sees: ["help.urgent.text", "help.after-urgent.text"] },
        {
          does: type("thoát", "exit"),
          sees: [saysOneOf(HOUSEHOLD), saysOneOf(["exit.tidy-telegram.text", "exit.tidy-zalo.text"])],
          not: ["help.after-urgent.text"],
          alone: true,
        },
        { does: pick("exit.more"), sees: ["menu.choose.text"], not: ["help.after-urgent.text"] },
        { does: type("thoi tiet", "weather"), sees: [saysOneOf(HOUSEHOLD)], alone: true },
      ],
    },
    {
      name: "deletes everything",
      steps: [
        ...KNOWN,
        { does: type("/xoa", "delete everything"), sees: ["forget.sure.text"] },
        { does: pick("forget.sure.no"), sees: ["forget.kept.text"] },
        { does: type("xóa hết", "delete"), sees: ["forget.sure.text"] },
        {
          on: TELEGRAM,
          does: pick("forget.sure.yes"),
          sees: ["forget.done.text", "forget.telegram.text", "forget.gone.text"],
          not: ["traces.telegram.text", "menu.choose.text"],
          alone: true,
        },
        {
          on: ZALO,
          does: pick("forget.sure.yes"),
          sees: ["forget.done.text", "traces.zalo.text", "forget.gone.text"],
          not: ["menu.choose.text"],
        },
        { does: type("đố vui", "quiz"), sees: [saysOneOf(["welcome.hello.text", "welcome.language.text"])] },
      ],
    },
    {
      name: "stops what is sent without being asked",
      steps: [
        ...KNOWN,
        { does: pick("menu.choose.tips"), sees: ["tips.choose.text", offers("tips.choose.daily")] },
        { does: pick("tips.choose.daily"), sees: ["tips.subscribed.text", offers("tips.choose.stop-daily")] },
        { does: type("dừng lại", "stop"), sees: ["stop.off.text", "stop.stopped.text"] },
        { does: pick("common.back"), sees: ["tips.choose.text", offers("tips.choose.daily")] },
      ],
    },
    oldButtons(bundle),
  ];
}

/** The text of the other language. */
function otherwise({ texts }: Bundle, key: string): TextRef {
  return { vi: texts.en.get(key) ?? key, en: texts.vi.get(key) ?? key };
}

/** Where there are buttons, an old one leads where it says or explains itself; an old number is one of the new question. */
function oldButtons(bundle: Bundle): Journey {
  const { quiz, title, questions } = quizOf(bundle, "myths");
  const asked = (number: number) => asks(number, questions.length);
  return {
    name: "presses what is past",
    steps: [
      ...PASSING,
      { does: type("đố vui", "quiz"), sees: ["quizzes.choose.text"] },
      { does: pick(title), sees: [asked(1)] },
      { does: { do: "answer", quiz, right: true }, sees: ["engine.quiz_right", asked(2)] },
      { does: { do: "answer", quiz, right: true }, sees: ["engine.quiz_right", asked(3)] },
      {
        on: TELEGRAM,
        does: { do: "answer-old", quiz },
        sees: ["engine.old_button", asked(3)],
        not: ["engine.quiz_wrong"],
      },
      {
        on: ZALO,
        does: { do: "answer-old", quiz },
        sees: [saysOneOf(["engine.quiz_right", "engine.quiz_wrong"]), asked(4)],
      },
      { does: type("giúp", "help"), sees: ["help.can-talk.text"] },
      { on: TELEGRAM, does: { do: "press-old", label: "menu.choose.tips" }, sees: ["tips.hello.text"] },
      { on: ZALO, does: pick("help.other"), sees: [asked(4)] },
    ],
  };
}
