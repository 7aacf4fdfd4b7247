import type { Bundle } from "../../../src/content/bundle.ts";
import type { Form } from "../../../src/draft/form.ts";
import { PASSING } from "./arrivals.ts";
import { communeName, formOf, guideOf, sectionOf } from "./content.ts";
import { type Journey, names, offers, pick, type Sight, type Step, says, type Typed, type } from "./journey.ts";

const BEN_THANH = "26743";
const NAME: Typed = { vi: "Nguyễn Thị Lan", en: "Mary Brown" };
const CASE: Typed = { vi: "Chồng tôi đánh tôi hôm chủ nhật, ở nhà", en: "My husband hit me on Sunday, at home" };
const WISH: Typed = { vi: "Tư vấn về ly hôn", en: "Advice on divorce" };

/** Reporting, and letters. */
export function paperJourneys(bundle: Bundle): readonly Journey[] {
  return [report(bundle), letter(bundle), wiped(bundle)];
}

function report(bundle: Bundle): Journey {
  const section = (part: "now" | "say" | "bring" | "silent") =>
    says(sectionOf(bundle, "report", "domestic-violence", part));
  const office = bundle.receivers?.receivers.find(({ id }) => id === "commune-police")?.named;
  if (office === undefined) throw new Error("no receiver commune-police");
  return {
    name: "asks how to report, to the office at a place and to the end",
    steps: [
      ...PASSING,
      { does: type("báo tin", "report"), sees: ["report.choose.text"] },
      { does: pick("report.choose.home"), sees: ["report.situation.text"] },
      {
        does: pick(guideOf(bundle, "report", "domestic-violence").title),
        sees: [section("now"), "report.card.text"],
      },
      { does: pick("report.card.who"), sees: ["report.where.text", offers("common.skip")] },
      {
        does: type("ben thanh quan 1", "Ben Thanh ward"),
        sees: [says(communeName(bundle, BEN_THANH)), says(office), "report.at-who.text"],
      },
      { does: pick("report.at-who.phones"), sees: [names("nat-113")] },
      { does: pick("report.at-who.say"), sees: [section("say"), "report.at-say.text"] },
      { does: pick("report.at-say.bring"), sees: [section("bring")] },
      { does: pick("report.at-bring.clock"), sees: ["report.at-clock.text"] },
      { does: pick("report.at-clock.silent"), sees: [section("silent")] },
      { does: pick("report.at-silent.aid"), sees: ["report.at-aid.text"] },
      { does: pick("common.done"), sees: ["menu.choose.text"] },
    ],
  };
}

/** Opens a form and comes to its first question. */
function opened(form: Form): readonly Step[] {
  return [
    ...PASSING,
    { does: type("viết đơn", "draft"), sees: ["draft.choose.text"] },
    { does: pick(form.name), sees: ["draft.before.text"] },
    { does: pick("draft.before.write"), sees: ["draft.place.text"] },
    { does: pick("common.skip"), sees: [asks(form, "name")] },
  ];
}

function asks(form: Form, id: string): Sight {
  const field = form.fields.find((candidate) => candidate.id === id);
  if (field === undefined) throw new Error(`the form ${form.form} has no field ${id}`);
  return says(field.question);
}

function letter(bundle: Bundle): Journey {
  const form = formOf(bundle, "legal-aid");
  const left = pick("draft.form.skip");
  return {
    name: "fills in a letter to the end",
    steps: [
      ...opened(form),
      { does: { do: "type", text: NAME }, sees: [asks(form, "contact")] },
      { does: left, sees: [asks(form, "group")] },
      { does: left, sees: [asks(form, "what")] },
      { does: { do: "type", text: CASE }, sees: ["draft.form.more"] },
      { does: pick("draft.form.done"), sees: [asks(form, "office")] },
      { does: left, sees: [asks(form, "wish")] },
      { does: { do: "type", text: WISH }, sees: [says(NAME), says(CASE), says(WISH), "draft.form.review"] },
      {
        on: ["telegram", "zalo-oa"],
        does: pick("draft.form.make"),
        sees: [
          { kind: "hands-over", file: "docx" },
          { kind: "hands-over", file: "pdf" },
          "draft.form.ready",
          "draft.made-chat.text",
          "draft.after.text",
        ],
      },
      {
        on: ["zalo-bot"],
        does: pick("draft.form.make"),
        sees: [
          "draft.form.plain",
          says({ vi: form.title, en: form.title }),
          says(NAME),
          says(CASE),
          "draft.made-words.text",
          "draft.after.text",
        ],
      },
      { does: pick("common.done"), sees: ["menu.choose.text"] },
    ],
  };
}

function wiped(bundle: Bundle): Journey {
  const form = formOf(bundle, "legal-aid");
  return {
    name: "begins a letter, and wipes it",
    steps: [
      ...opened(form),
      { does: { do: "type", text: NAME }, sees: [asks(form, "contact")] },
      { does: pick("common.back"), sees: [asks(form, "name"), "draft.form.answered_line"] },
      { does: pick("draft.form.keep"), sees: [asks(form, "contact")] },
      ...["group", "what", "office", "wish"].map((id) => ({ does: pick("draft.form.skip"), sees: [asks(form, id)] })),
      { does: pick("draft.form.skip"), sees: [says(NAME), "draft.form.review"] },
      { does: pick("draft.form.wipe"), sees: ["draft.form.wiped", "draft.dropped.text"], not: [NAME] },
      { does: pick("draft.again"), sees: ["draft.choose.text"], not: [NAME] },
      { does: pick("draft.other"), sees: ["menu.choose.text"] },
    ],
  };
}
