import type { Bundle } from "../../../src/content/bundle.ts";
import { PASSING, STRANGER } from "./arrivals.ts";
import { asks, quizOf, sectionOf } from "./content.ts";
import { type Journey, names, offers, pick, says, type } from "./journey.ts";

const NEAR_BEN_THANH = { latitude: 10.7721, longitude: 106.6983 } as const;

/** People who need help, for themselves or somebody else. */
export function helpJourneys(bundle: Bundle): readonly Journey[] {
  const quiz = quizOf(bundle, "digital-age");
  const section = (guide: string, part: "now" | "keep" | "next") => says(sectionOf(bundle, "safety", guide, part));
  const question = asks(1, quiz.questions.length);
  return [
    {
      name: "asks for help by the word",
      steps: [
        ...PASSING,
        { does: type("giúp", "help"), sees: ["help.can-talk.text", offers("help.can-talk.danger")] },
        { does: pick("help.can-talk.safe"), sees: ["help.whom.text", names("nat-113"), names("nat-111-child")] },
        { does: pick("help.whom.me"), sees: ["help.what.text"] },
        {
          does: pick("engine.need_domestic-violence"),
          sees: ["help.first-home.text", names("nat-113"), names("nat-peace-house"), "help.danger.text"],
        },
        { does: pick("help.danger.no"), sees: ["help.next.text"] },
        { does: pick("help.next.safer"), sees: ["help.safer.text"] },
        { does: pick("help.safer.plan"), sees: [section("safety-planning", "now"), "help.after-steps.text"] },
        { does: pick("help.other"), sees: ["menu.choose.text"], not: ["help.after-steps.text"] },
      ],
    },
    {
      name: "writes in distress in the middle of a quiz",
      steps: [
        ...PASSING,
        { does: pick("menu.choose.quizzes"), sees: ["quizzes.choose.text"] },
        { does: pick(quiz.title), sees: [question] },
        { does: type("chồng em hay đánh em", "my husband beats me"), sees: ["help.heard.text"] },
        { does: pick("help.can-talk.safe"), sees: ["help.first-home.text", names("nat-113"), "help.danger.text"] },
        { does: pick("help.danger.yes"), sees: ["help.urgent.text", names("nat-113"), "help.after-urgent.text"] },
        { does: pick("help.other"), sees: [question], not: ["help.after-urgent.text"] },
      ],
    },
    {
      name: "writes in distress as a stranger, without tone marks",
      steps: [
        ...STRANGER,
        {
          does: type("chong em hay danh em va giu het tien", "my husband hits me and takes all my money"),
          sees: ["help.heard.text", offers("help.can-talk.safe")],
        },
        {
          does: type("chong em danh em hoai", "he hits me all the time"),
          sees: ["help.first-home.text", names("nat-113")],
        },
        { does: pick("help.danger.unsure"), sees: ["help.urgent.text", names("nat-113")] },
        { does: pick("help.leave-label"), sees: ["help.leave.text"] },
        { does: pick("help.leave.stay"), sees: ["help.next.text"] },
      ],
    },
    {
      name: "is in danger at this moment",
      steps: [
        ...PASSING,
        {
          does: type("nó đang cầm dao đứng ngoài cửa", "he is outside my door with a knife"),
          sees: ["help.urgent.text", names("nat-113"), "help.after-urgent.text"],
          not: ["help.can-talk.text", "help.heard.text"],
        },
        { does: pick("help.after-urgent.shelter"), sees: ["help.first-shelter.text", names("nat-peace-house")] },
        { does: pick("help.other"), sees: ["menu.choose.text"] },
      ],
    },
    {
      name: "does not want to live any more",
      steps: [
        ...PASSING,
        {
          does: type("em không muốn sống nữa", "I do not want to live anymore"),
          sees: ["help.life-urgent.text", names("nat-115"), "help.life-after.text"],
        },
        { does: pick("help.calm-label"), sees: ["calm.hello.text"] },
        { does: pick("calm.hello.start"), sees: ["calm.first.text"] },
        { does: type("thôi", "enough"), sees: ["calm.pause.text"] },
        { does: pick("calm.done.enough"), sees: ["help.next.text"], not: ["common.retry"] },
      ],
    },
    {
      name: "is a child, and tells",
      steps: [
        ...STRANGER,
        { does: type("bố con hay đánh con", "my stepdad hits me and I am 12"), sees: ["child.hello.text"] },
        { does: pick("child.hello.no"), sees: ["child.talk.text", names("nat-111-child"), "child.next.text"] },
        { does: pick("child.next.told"), sees: ["child.told.text"] },
        { does: pick("child.next.adult"), sees: ["child.adult.text"] },
        { does: pick("child.adult.no-adult"), sees: ["child.no-adult.text", names("nat-111-child")] },
      ],
    },
    {
      name: "worries about a friend",
      steps: [
        ...PASSING,
        {
          does: type("bạn thân em bị bạn trai đánh hoài", "my friend is being beaten by her husband"),
          sees: ["bystander.hello.text"],
        },
        { does: pick("bystander.hello.no"), sees: [names("nat-113"), "bystander.next.text"] },
        { does: pick("bystander.after-now.words"), sees: ["bystander.words.text"] },
        { does: pick("bystander.words.avoid"), sees: ["bystander.avoid.text"] },
        { does: pick("bystander.after-now.near"), sees: ["help.place.text", offers("common.skip")] },
        { does: type("Huế", "Hue"), sees: [names("nat-113"), "bystander.next.text"], not: ["help.place.text"] },
      ],
    },
    {
      name: "is threatened with pictures",
      steps: [
        ...PASSING,
        {
          does: type("người yêu cũ dọa tung ảnh nóng của em", "my ex posted my nude photos online"),
          sees: ["help.heard.text"],
        },
        { does: pick("help.can-talk.safe"), sees: ["help.first-images.text", names("nat-113"), "help.next.text"] },
        { does: pick("help.next.images"), sees: ["help.images.text"] },
        { does: pick("help.images.threatened"), sees: [section("sextortion", "now"), "help.after-steps.text"] },
        { does: pick("help.after-steps.keep"), sees: [section("sextortion", "keep")] },
        { does: pick("help.after-steps.further"), sees: [section("sextortion", "next")] },
      ],
    },
    {
      name: "looks for a shelter near a place",
      steps: [
        ...PASSING,
        { does: type("tôi cần chỗ ở an toàn", "I need a shelter"), sees: ["help.asked.text"] },
        { does: pick("help.can-talk.safe"), sees: ["help.first-shelter.text", names("nat-peace-house")] },
        { does: pick("help.danger.no"), sees: ["help.next.text"] },
        { does: pick("help.next.near"), sees: ["help.place.text", offers("common.skip")] },
        { does: type("Cần Thơ", "Can Tho"), sees: [names("p92-peace-house"), "help.next.text"] },
        { does: pick("help.next.near"), sees: ["help.place.text"] },
        {
          on: ["telegram", "zalo-oa"],
          does: { do: "location", ...NEAR_BEN_THANH },
          sees: [names("nat-peace-house"), "help.next.text"],
          not: ["engine.place_unknown", "engine.location_unneeded"],
        },
        { on: ["zalo-bot"], does: pick("common.skip"), sees: ["help.next.text"] },
      ],
    },
    {
      name: "meant something else, and is back in the quiz",
      steps: [
        ...PASSING,
        { does: pick("menu.choose.quizzes"), sees: ["quizzes.choose.text"] },
        { does: pick(quiz.title), sees: [question] },
        {
          does: type("bạn em bị người yêu kiểm soát", "my friend's boyfriend hits her"),
          sees: ["bystander.hello.text"],
        },
        { does: pick("help.other"), sees: [question], not: ["bystander.hello.text"] },
        { does: { do: "answer", quiz: quiz.quiz, right: true }, sees: ["engine.quiz_right"] },
      ],
    },
  ];
}
