import type { Bundle } from "../../../src/content/bundle.ts";
import { KNOWN, PASSING } from "./arrivals.ts";
import { asks, campaignOf, quizOf, topicOf } from "./content.ts";
import { type Journey, pick, type Step, says, saysOneOf, type } from "./journey.ts";

/** The month: quizzes, tips, the theme, a promise, ideas. */
export function monthJourneys(bundle: Bundle): readonly Journey[] {
  const topic = topicOf(bundle, "images");
  const tip = saysOneOf(topic.tips.map(({ text }) => text));
  return [
    quizToTheEnd(bundle),
    {
      name: "reads tips",
      steps: [
        ...PASSING,
        { does: type("mẹo hôm nay", "tips"), sees: ["tips.hello.text", "tips.choose.text"] },
        { does: pick("tips.choose.next"), sees: ["tips.choose.text"], not: ["tips.hello.text"] },
        { does: pick("tips.choose.topics"), sees: ["tips.topics.text"] },
        { does: pick(topic.title), sees: [tip, "tips.topic-choose.text"] },
        { does: pick("tips.topic-choose.again"), sees: [tip] },
        { does: pick("tips.topic-choose.daily"), sees: ["tips.ask-keep.text"] },
        { does: pick("common.no"), sees: ["tips.not-subscribed.text"] },
      ],
    },
    {
      name: "looks at the month and at an earlier year",
      steps: [
        ...PASSING,
        { does: pick("menu.choose.campaign"), sees: ["campaign.hello.text", "campaign.choose.text"] },
        { does: pick("campaign.choose.days"), sees: ["campaign.choose.text"], not: ["campaign.open-part.text"] },
        { does: pick("campaign.choose.past"), sees: ["campaign.past.text"] },
        {
          does: pick(campaignOf(bundle, "2025-hai-phong").title),
          sees: ["campaign.past-choose.text", ...themeOf(bundle, "2025-hai-phong")],
        },
        { does: pick("campaign.past-choose.activities"), sees: ["campaign.past-choose.text"] },
        { does: pick("campaign.past-choose.now"), sees: ["campaign.hello.text"] },
      ],
    },
    {
      name: "makes a promise, and is known for it",
      steps: [
        ...KNOWN,
        { does: pick("menu.choose.pledge"), sees: ["pledge.choose.text"] },
        { does: pick("pledge.choose.pause"), sees: ["pledge.said-pause.text", "pledge.thanks.text"] },
        { does: type("tôi cam kết", "my pledge"), sees: ["pledge.again.text"], not: ["pledge.choose.text"] },
        { does: pick("common.no"), sees: ["menu.choose.text"] },
      ],
    },
    {
      name: "says what they think, and proposes something",
      steps: [
        ...PASSING,
        { does: pick("menu.choose.feedback"), sees: ["feedback.choose.text"] },
        { does: pick("feedback.choose.rate"), sees: ["feedback.rate.text"] },
        { does: pick("feedback.rate.useful"), sees: ["feedback.rated.text", "feedback.choose.text"] },
        { does: pick("feedback.choose.proposal"), sees: ["feedback.proposal.text"] },
        {
          does: type(
            "Nên phát mẹo trên loa của xã vào buổi chiều",
            "Please read tips on the loudspeaker of the village",
          ),
          sees: ["feedback.confirm.text"],
        },
        { does: pick("common.yes"), sees: ["feedback.sent.text", "menu.choose.text"] },
      ],
    },
  ];
}

function themeOf(bundle: Bundle, id: string) {
  const { theme } = campaignOf(bundle, id);
  return theme === undefined ? [] : [says({ vi: theme.vi, en: theme.en })];
}

/** Every answer right but the last; the questions come in any order. */
function quizToTheEnd(bundle: Bundle): Journey {
  const { quiz, title, questions } = quizOf(bundle, "where-to-get-help");
  const total = questions.length;
  const steps = questions.slice(1).map((_, index): Step => {
    return { does: { do: "answer", quiz, right: true }, sees: ["engine.quiz_right", asks(index + 2, total)] };
  });
  return {
    name: "plays a quiz from start to score",
    steps: [
      ...PASSING,
      { does: type("đố vui", "quiz"), sees: ["quizzes.choose.text"] },
      { does: pick(title), sees: ["quizzes.intro.text", asks(1, total)] },
      ...steps,
      {
        does: { do: "answer", quiz, right: false },
        sees: ["engine.quiz_wrong", says({ key: "quizzes.done.text", params: { score: total - 1, total } })],
      },
      { does: pick("quizzes.done.again"), sees: [asks(1, total)] },
    ],
  };
}
