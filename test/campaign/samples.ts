import { Campaign, Month } from "../../src/campaign/campaign.ts";
import { TipTopic } from "../../src/campaign/tip.ts";

const both = (text: string) => ({ vi: `${text} (vi)`, en: `${text} (en)` });
const line = (text: string, source: string) => ({ ...both(text), source });

export const theme = {
  ...both("theme"),
  en_by: "ours" as const,
  document: "letter 1",
  source: "paper 1",
};

/** A campaign of one year from 15 November to 15 December; `more` overrides anything. */
export function campaignOf(id: string, year: number, more: Record<string, unknown> = {}): Campaign {
  const dates = { from: `${year}-11-15`, to: `${year}-12-15` };
  return Campaign.parse({ campaign: id, year, title: both(id), authority: both("team"), ...dates, ...more });
}

export const month = Month.parse({
  month: 1,
  about: [line("since 2016", "decision"), line("orange", "news")],
  activities: [line("launches", "plans"), line("contests", "plans")],
  days: [
    { day: "11-15", ...line("opens", "letter") },
    { day: "11-25", ...line("orange day", "UN") },
    { day: "12-15", ...line("closes", "letter") },
  ],
});

/** A topic with tips `<topic>-1`, `<topic>-2`, … */
export function topicOf(topic: string, order: number, tips: number): TipTopic {
  const list = Array.from({ length: tips }, (_, i) => ({
    id: `${topic}-${i + 1}`,
    text: both(`${topic} ${i + 1}`),
    source: "book",
  }));
  return TipTopic.parse({ topic, title: both(topic), order, tips: list });
}

export const slogan = line;
