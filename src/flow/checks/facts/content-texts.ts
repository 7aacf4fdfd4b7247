import type { Suggested } from "../../../campaign/plan.ts";
import type { Bundle } from "../../../content/bundle.ts";
import { wordsOf } from "../../../draft/form.ts";
import { LANGS, type Lang, type Localized } from "../../ids.ts";

/** A text that content carries, with the entry it belongs to. */
export interface ContentText {
  /** As `Locate` names it: `quiz:<id>`, `topic:<id>` … */
  readonly thing: string;
  readonly path: readonly (string | number)[];
  readonly lang: Lang;
  readonly text: string;
  /** `ours`: our own voice. `quoted`: a theme, a slogan, or an answer offered in a quiz. */
  readonly voice: "ours" | "quoted";
}

/** Every text of content that a citizen can see, and the suggestions of the plan. Sources are not among them. */
export function contentTexts(bundle: Bundle): readonly ContentText[] {
  return [
    ...bundle.quizzes.flatMap((quiz) => quizTexts(quiz)),
    ...bundle.tips.flatMap((topic) => [
      ...both(`topic:${topic.topic}`, ["title"], topic.title),
      ...topic.tips.flatMap((tip, i) => both(`topic:${topic.topic}`, ["tips", i, "text"], tip.text)),
    ]),
    ...bundle.campaigns.flatMap((campaign) => campaignTexts(campaign)),
    ...(bundle.month?.about ?? []).flatMap((one, i) => both("month", ["about", i], one)),
    ...(bundle.month?.days ?? []).flatMap((one, i) => both("month", ["days", i], one)),
    ...planTexts(bundle),
    ...bundle.statements.flatMap((statement) => both(`statement:${statement.id}`, ["text"], statement.text)),
    ...receiverTexts(bundle),
    ...bundle.forms.flatMap((form) => formTexts(form)),
    ...bundle.guides.flatMap((guide) => [
      ...both(`guide:${guide.guide}`, ["title"], guide.title),
      ...Object.entries(guide.sections).flatMap(([name, section]) =>
        section === undefined ? [] : both(`guide:${guide.guide}`, ["sections", name, "text"], section.text),
      ),
    ]),
  ];
}

function planTexts({ plan }: Bundle): readonly ContentText[] {
  return (plan?.entries ?? []).flatMap((entry, i) => [
    ...both("plan", ["entries", i, "text"], entry.text),
    ...(entry.kind === "broadcast" ? suggestedTexts(entry.send, ["entries", i, "send"]) : []),
  ]);
}

function suggestedTexts(send: Suggested, path: ContentText["path"]): readonly ContentText[] {
  if (send.as === "tip") return [];
  return send.as === "quiz" ? both("plan", [...path, "intro"], send.intro) : both("plan", [...path, "text"], send.text);
}

function receiverTexts({ receivers }: Bundle): readonly ContentText[] {
  if (receivers === null) return [];
  return [
    ...both("receivers", ["here"], receivers.here),
    ...both("receivers", ["home"], receivers.home),
    ...receivers.receivers.flatMap(({ named, plain }, i) => [
      ...both("receivers", ["receivers", i, "plain"], plain),
      ...(named === undefined ? [] : both("receivers", ["receivers", i, "named"], named)),
    ]),
  ];
}

/** What the bot asks, in both languages, and what a letter says, in Vietnamese alone. */
function formTexts({
  form,
  name,
  title,
  to,
  fields,
  body,
  enclosures,
}: Bundle["forms"][number]): readonly ContentText[] {
  const thing = `form:${form}`;
  const official = (path: ContentText["path"], text: string): ContentText => {
    return { thing, path, lang: "vi", text, voice: "ours" };
  };
  return [
    ...both(thing, ["name"], name),
    ...fields.flatMap(({ name: short, question, hint, says }, i) => [
      ...both(thing, ["fields", i, "name"], short),
      ...both(thing, ["fields", i, "question"], question),
      ...(hint === undefined ? [] : both(thing, ["fields", i, "hint"], hint)),
      ...Object.entries(says ?? {}).map(([answer, text]) => official(["fields", i, "says", answer], text)),
    ]),
    ...[title, to].map((text) => official([], text)),
    ...body.map((paragraph, i) => official(["body", i], wordsOf(paragraph))),
    ...enclosures.map((text, i) => official(["enclosures", i], text)),
  ];
}

function both(
  thing: string,
  path: ContentText["path"],
  text: Localized,
  voice: ContentText["voice"] = "ours",
): readonly ContentText[] {
  return LANGS.map((lang) => ({ thing, path: [...path, lang], lang, text: text[lang], voice }));
}

function quizTexts(quiz: Bundle["quizzes"][number]): readonly ContentText[] {
  const thing = `quiz:${quiz.quiz}`;
  const questions = quiz.questions.flatMap((question, i) => [
    ...both(thing, ["questions", i, "text"], question.text, "quoted"),
    ...both(thing, ["questions", i, "right"], question.right, "quoted"),
    ...question.wrong.flatMap((wrong, j) => both(thing, ["questions", i, "wrong", j], wrong, "quoted")),
    ...both(thing, ["questions", i, "why"], question.why),
  ]);
  return [...both(thing, ["title"], quiz.title), ...both(thing, ["intro"], quiz.intro), ...questions];
}

function campaignTexts(campaign: Bundle["campaigns"][number]): readonly ContentText[] {
  const thing = `campaign:${campaign.campaign}`;
  return [
    ...both(thing, ["title"], campaign.title),
    ...(campaign.theme === undefined ? [] : both(thing, ["theme"], campaign.theme, "quoted")),
    ...campaign.slogans.flatMap((slogan, i) => both(thing, ["slogans", i], slogan, "quoted")),
    ...campaign.activities.flatMap((activity, i) => both(thing, ["activities", i], activity)),
  ];
}
