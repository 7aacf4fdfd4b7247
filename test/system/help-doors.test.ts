import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { playTranscript, Transcript } from "../../src/bot/transcript.ts";
import { LANGS, type Lang } from "../../src/flow/ids.ts";
import { LABELS, type Label } from "../../src/safety/labels.ts";
import { appWithDialogues } from "./real-app.ts";

interface Door {
  readonly vi: string;
  readonly en: string;
  /** Where the message leads. */
  readonly at: string;
  /** The choice that is taken then; absent where the first answer has the services. */
  readonly press?: string;
  /** Where the second input leads. */
  readonly next?: string;
  /** What is said above the services. */
  readonly says: string;
  /** Directory ids that must be among the services. */
  readonly services: readonly string[];
}

const heard = { at: "help.heard", press: "safe" } as const;
const asked = { at: "help.asked", press: "safe" } as const;
const urgent = { at: "help.after-urgent", says: "help.urgent.text" } as const;

const DOORS: Readonly<Record<Label, Door>> = {
  "danger-now": {
    ...urgent,
    vi: "chồng em đang cầm dao đuổi em",
    en: "my husband is trying to kill me right now",
    services: ["nat-113", "nat-115"],
  },
  "domestic-violence": {
    ...heard,
    vi: "chồng tôi hay đánh tôi",
    en: "my husband beats me",
    next: "help.danger",
    says: "help.first-home.text",
    services: ["nat-113", "nat-peace-house"],
  },
  "sexual-violence": {
    ...heard,
    vi: "năm ngoái em bị người quen cưỡng hiếp",
    en: "I was raped last year",
    next: "help.danger",
    says: "help.first-body.text",
    services: ["nat-113", "nat-115"],
  },
  "child-abuse": {
    vi: "bố con hay đánh con",
    en: "I am 12 and my stepdad hits me",
    at: "child.hello",
    press: "no",
    next: "child.next",
    says: "child.talk.text",
    services: ["nat-111-child"],
  },
  "online-abuse": {
    ...heard,
    vi: "có người lập nick giả bôi nhọ tôi trên mạng",
    en: "someone made a fake account and harasses me online",
    next: "help.next",
    says: "help.first-online.text",
    services: ["nat-113", "plat-meta"],
  },
  "image-abuse": {
    ...heard,
    vi: "người yêu cũ dọa tung ảnh nóng của em",
    en: "my ex threatens to post my nude photos",
    next: "help.next",
    says: "help.first-images.text",
    services: ["nat-113", "plat-stopncii"],
  },
  trafficking: {
    ...urgent,
    vi: "họ giữ hộ chiếu bắt tôi làm việc không cho về",
    en: "they took my passport and force me to work",
    services: ["nat-113", "nat-111-trafficking"],
  },
  "self-harm": {
    vi: "em không muốn sống nữa",
    en: "I want to kill myself",
    at: "help.life-after",
    says: "help.life-urgent.text",
    services: ["nat-115", "nat-113"],
  },
  "workplace-harassment": {
    ...heard,
    vi: "sếp hay sờ soạng em ở công ty",
    en: "my boss keeps touching me at work",
    next: "help.next",
    says: "help.first-work.text",
    services: ["nat-113", "nat-legal-aid-1233"],
  },
  legal: {
    ...asked,
    vi: "thủ tục ly hôn nộp đơn ở đâu",
    en: "how do I get a protection order",
    next: "help.next",
    says: "help.first-legal.text",
    services: ["nat-legal-aid-1233"],
  },
  shelter: {
    ...asked,
    vi: "tôi cần tìm nhà tạm lánh",
    en: "I need a shelter",
    next: "help.danger",
    says: "help.first-shelter.text",
    services: ["nat-113", "nat-peace-house"],
  },
  "talk-to-person": {
    ...asked,
    vi: "cho em xin số tổng đài tư vấn",
    en: "I want to talk to a counsellor",
    next: "help.next",
    says: "help.first-person.text",
    services: ["nat-113", "nat-111-child"],
  },
  "help-other": {
    vi: "bạn thân em bị bạn trai đánh hoài",
    en: "my friend is being beaten by her husband",
    at: "bystander.hello",
    press: "no",
    next: "bystander.next",
    says: "bystander.next.text",
    services: ["nat-113", "nat-peace-house"],
  },
};

/** What must open nothing: small talk, an answer to a quiz, thanks, a question about the programme. */
const NONE: readonly { readonly vi: string; readonly en: string }[] = [
  { vi: "trời nay đẹp ghê", en: "good morning, nice quiz" },
  { vi: "cảm ơn chương trình nhiều", en: "thank you for the programme" },
  { vi: "khi nào có quà vậy", en: "what is the prize for the quiz" },
];

const STOP: Readonly<Record<Lang, string>> = { vi: "dừng nhận tin", en: "unsubscribe" };

/** How a person comes to write: how the dialogue begins, and where "I meant something else" leads back to. */
interface Situation {
  readonly begin: Partial<Transcript>;
  before(lang: Lang): Transcript["turns"];
  /** Given with the message itself. */
  readonly late?: { readonly after: string };
  readonly back: string;
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  "within a quiz": {
    begin: { flow: "quizzes" },
    before: () => [{ press: "digital-age", at: "quizzes.play" }],
    back: "quizzes.play",
  },
  "to a message of the team": {
    begin: { rest: true, topics: ["tips", "campaign"] },
    before: () => [],
    back: "menu.choose",
  },
  "after their place was forgotten": {
    begin: { flow: "quizzes" },
    before: () => [{ press: "digital-age", at: "quizzes.play" }],
    late: { after: "25h" },
    back: "menu.choose",
  },
  "after stopping all messages": {
    begin: { rest: true, topics: ["tips", "campaign", "quizzes"] },
    before: (lang) => [{ say: STOP[lang], at: "stop.stopped" }],
    back: "stop.stopped",
  },
};

const app = await appWithDialogues(seededRandom(1));
const deps = {
  program: app.program,
  say: app.say,
  worldAt: app.worlds.at,
  raw: (key: string, lang: Lang) => app.bundle.texts[lang].get(key),
};
const cases = Object.entries(SITUATIONS).flatMap(([situation, how]) => LANGS.map((lang) => ({ situation, how, lang })));

/** The names under which services are shown; fails for an id that the directory does not have. */
function namesOf(ids: readonly string[], lang: Lang): string[] {
  return ids.map((id) => {
    const name = app.bundle.services.find((service) => service.id === id)?.names[lang];
    if (name === undefined) throw new Error(`there is no service ${id}`);
    return name;
  });
}

function dialogue(name: string, { begin, before }: Situation, lang: Lang, turns: Transcript["turns"]): Transcript {
  return Transcript.parse({ name, lang, ...begin, turns: [...before(lang), ...turns] });
}

describe.each(cases)("a message $situation ($lang)", ({ how, lang }) => {
  test.each(LABELS)("%s: the right services within two inputs, and the way back", (label) => {
    const door = DOORS[label];
    const shown = [`@${door.says}`, ...namesOf(door.services, lang)];
    const first = { say: door[lang], at: door.at, ...how.late };
    const turns =
      door.press === undefined ? [{ ...first, bot: shown }] : [first, { press: door.press, at: door.next, bot: shown }];
    const back = { press: "other", at: how.back };
    expect(playTranscript(dialogue(label, how, lang, [...turns, back]), deps)).toEqual([]);
  });

  test.each(NONE)("none: “$vi” opens nothing", (line) => {
    const quiet = ["@help.can-talk.text", "@help.heard.text", "@help.asked.text", "113"];
    const turn = { say: line[lang], at: how.back, not: quiet, ...how.late };
    expect(playTranscript(dialogue("none", how, lang, [turn]), deps)).toEqual([]);
  });

  test("a help word: people within two inputs", () => {
    const people = namesOf(["nat-113", "nat-111-child"], lang);
    const turns = [
      { say: lang === "vi" ? "cứu" : "help", at: "help.can-talk", ...how.late },
      { press: "safe", at: "help.whom", bot: people },
      { press: "other", at: how.back },
    ];
    expect(playTranscript(dialogue("help word", how, lang, turns), deps)).toEqual([]);
  });
});

/** Needs whose first sentence calls the first number the one for danger. */
const FIRST_IS_FOR_DANGER = ["workplace-harassment", "legal", "talk-to-person"] as const;

test.each(FIRST_IS_FOR_DANGER)("%s: the first number is for danger, as the text says, by day and by night", (need) => {
  for (const hour of ["03", "12", "22"]) {
    const { services } = app.worlds.at(Date.parse(`2026-11-21T${hour}:00:00+07:00`));
    for (const place of [undefined, "01", "48"]) {
      expect(services({ need, place, urgent: false, child: false, lang: "vi" })[0]?.id).toBe("nat-113");
    }
  }
});
