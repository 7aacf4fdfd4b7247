import type { Bundle } from "../../../content/bundle.ts";
import { LANGS, type ListName, type Localized, NEEDS } from "../../ids.ts";

export interface ListEntry {
  readonly id: string;
  /** Absent where a text of the engine is missing. */
  readonly label: Localized | undefined;
}

/** The entries that a question takes from content. */
export function listEntries(bundle: Bundle, list: ListName): readonly ListEntry[] {
  switch (list) {
    case "needs":
      return NEEDS.map((id) => ({ id, label: engineText(bundle, `need_${id}`) }));
    case "languages":
      return LANGS.map((id) => ({ id, label: engineText(bundle, `lang_${id}`) }));
    case "quizzes":
      return bundle.quizzes.map((quiz) => ({ id: quiz.quiz, label: quiz.title }));
    case "campaigns":
      return bundle.campaigns
        .filter((campaign) => campaign.theme !== undefined)
        .map((campaign) => ({ id: campaign.campaign, label: campaign.title }));
    case "tip-topics":
      return bundle.tips.map((topic) => ({ id: topic.topic, label: topic.title }));
    case "report-guides":
      return guides(bundle, "report");
    case "forms":
      return bundle.forms.map(({ form, name }) => ({ id: form, label: name }));
    case "safety-guides":
      return guides(bundle, "safety");
  }
}

function engineText(bundle: Bundle, name: string): Localized | undefined {
  const vi = bundle.texts.vi.get(`engine.${name}`);
  const en = bundle.texts.en.get(`engine.${name}`);
  return vi === undefined || en === undefined ? undefined : { vi, en };
}

function guides(bundle: Bundle, kind: "report" | "safety"): readonly ListEntry[] {
  return bundle.guides.filter((guide) => guide.kind === kind).map((guide) => ({ id: guide.guide, label: guide.title }));
}
