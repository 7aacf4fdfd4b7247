import type { Bundle } from "../../../src/content/bundle.ts";
import { parsePlaces } from "../../../src/directory/place-data.ts";
import { createUnits } from "../../../src/directory/units.ts";
import type { GuideSection, Localized } from "../../../src/flow/ids.ts";
import { type Sight, says } from "./journey.ts";

/** What `content/` calls things. Each fails for what is not there, so that no journey can miss a change unseen. */

export function quizOf({ quizzes }: Bundle, id: string) {
  return found(quizzes, (quiz) => quiz.quiz === id, id);
}

/** The heading of the question with this number, as far as it stands in every quiz. */
export function asks(number: number, total: number): Sight {
  return says({ key: "engine.quiz_question", params: { number, total, question: "" } });
}

export function formOf({ forms }: Bundle, id: string) {
  return found(forms, (form) => form.form === id, id);
}

export function topicOf({ tips }: Bundle, id: string) {
  return found(tips, (topic) => topic.topic === id, id);
}

export function campaignOf({ campaigns }: Bundle, id: string) {
  return found(campaigns, (campaign) => campaign.campaign === id, id);
}

export function serviceOf({ services }: Bundle, id: string) {
  return found(services, (service) => service.id === id, id);
}

export function guideOf({ guides }: Bundle, kind: "report" | "safety", id: string) {
  return found(guides, (guide) => guide.kind === kind && guide.guide === id, id);
}

export function sectionOf(bundle: Bundle, kind: "report" | "safety", id: string, section: GuideSection): Localized {
  const part = guideOf(bundle, kind, id).sections[section];
  if (part === undefined) throw new Error(`the guide ${id} has no section ${section}`);
  return part.text;
}

/** The own name of a commune, without the word for its type. */
export function communeName({ places }: Bundle, code: string): Localized {
  const commune = createUnits(parsePlaces(places))(code)?.commune;
  if (commune === undefined) throw new Error(`there is no commune ${code}`);
  return commune.names;
}

function found<T>(things: readonly T[], fits: (thing: T) => boolean, id: string): T {
  const thing = things.find(fits);
  if (thing === undefined) throw new Error(`there is no ${id} in the content`);
  return thing;
}
