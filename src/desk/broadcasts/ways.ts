import type { Bundle } from "../../content/bundle.ts";
import type { Localized } from "../../flow/ids.ts";
import type { Say } from "../../language/texts.ts";
import type { Destination, TipTopicChoice } from "./broadcasts.ts";

/** Flows that a message may lead to, by the payload of their links; each has a text `broadcast.way_<payload>`. */
const PAYLOADS = ["tips", "quiz", "campaign", "safety", "report", "pledge", "settings", "menu", "help"] as const;

/** Where the choices below a message can lead, with the labels they usually have. */
export function destinations({ bundle, say }: { readonly bundle: Bundle; readonly say: Say }): readonly Destination[] {
  const text = (key: string): Localized => ({ vi: say({ key }, "vi"), en: say({ key }, "en") });
  const quizzes = bundle.quizzes.toSorted((one, other) => one.order - other.order);
  return [
    ...PAYLOADS.map((payload) => ({ payload, label: text(`broadcast.way_${payload}`) })),
    ...quizzes.map(({ quiz, title }) => ({ quiz, label: title })),
  ];
}

/** Topics of tips in their own order. */
export function tipTopics({ tips }: Pick<Bundle, "tips">): readonly TipTopicChoice[] {
  return tips.toSorted((one, other) => one.order - other.order).map(({ topic, title }) => ({ topic, title }));
}
