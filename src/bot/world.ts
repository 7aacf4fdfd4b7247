import type { Campaign } from "../campaign/campaign.ts";
import { campaignParts } from "../campaign/campaign-parts.ts";
import { quizView } from "../campaign/quiz-view.ts";
import { runningCampaign, withSlots } from "../campaign/running-campaign.ts";
import type { CampaignSlots } from "../campaign/slots.ts";
import { dayOfTip, numberedTip, tipsInOrder } from "../campaign/tip-order.ts";
import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { Bundle } from "../content/bundle.ts";
import { parsePlaces } from "../directory/place-data.ts";
import { createPlaces, type Places } from "../directory/places.ts";
import { createDirectory, type Directory } from "../directory/services.ts";
import { type CampaignPart, LANGS, type ListName, type Localized, NEEDS } from "../flow/ids.ts";
import type { Part } from "../flow/screen.ts";
import type { World } from "../flow/world.ts";
import { createGuides } from "../guide/guides.ts";
import type { Say } from "../language/texts.ts";
import { createScreen } from "../safety/screen.ts";

export interface WorldSources {
  readonly bundle: Bundle;
  readonly say: Say;
  readonly slots: CampaignSlots;
  /** Where the operator works: whose campaign is shown to people who have not said where they are. */
  readonly home: string | undefined;
  random(): number;
}

/** Makes the world of each turn from the content. Places are read when the first one is asked for. */
export interface Worlds {
  at(now: number): World;
  readonly screen: World["screen"];
  provinceOf(place: string): string | undefined;
}

export function createWorlds({ bundle, say, slots, home, random }: WorldSources): Worlds {
  const screen = bundle.signals === null ? () => null : createScreen(bundle.signals);
  const campaigns = withSlots(bundle.campaigns, slots);
  const guides = createGuides(bundle.guides, bundle.statements);
  const directory = directoryOf(bundle);
  const quizzes = new Map(bundle.quizzes.map((quiz) => [quiz.quiz, quizView(quiz)]));
  const places = lazy(() => (bundle.places.provinces === null ? NO_PLACES : createPlaces(parsePlaces(bundle.places))));
  const lists = new Map<ListName, ReturnType<World["list"]>>();
  const list = (name: ListName) => {
    const known = lists.get(name) ?? listOf(name, bundle, campaigns, guides, say);
    lists.set(name, known);
    return known;
  };
  const provinceOf = (place: string) => (place.length === 2 ? place : places().provinceOf(place));
  /** What is the same at every moment is made once, not for each turn. */
  const always = {
    random,
    text: say,
    screen,
    places: {
      resolve: (text: string) => places().resolve(text),
      nearest: (latitude: number, longitude: number) => places().nearest(latitude, longitude),
      name: (code: string) => places().name(code),
    },
    list,
    quiz: (id: string) => quizzes.get(id),
    statement: guides.statement,
    guide: guides.section,
    responder: () => false,
  };
  return {
    screen,
    provinceOf,
    at: (now) => ({
      ...always,
      now,
      services: ({ place, ...query }) =>
        directory.find({ ...query, provinceCode: place === undefined ? undefined : provinceOf(place) }, now),
      tip: (pick, topic) => tipAt(bundle, pick, topic, now, random),
      campaign: (id, part, place = home) =>
        campaignAt({ campaigns, bundle, id, part, day: vietnamDay(now), province: place && provinceOf(place) }),
    }),
  };
}

/** For folders that hold flows and texts only. */
const NO_PLACES: Places = {
  resolve: () => ({ kind: "none" }),
  nearest: () => ({ kind: "none" }),
  name: () => undefined,
  provinceOf: () => undefined,
};

function directoryOf({ services, needMap, serviceWords }: Bundle): Pick<Directory, "find"> {
  if (needMap === null || serviceWords === null) return { find: () => [] };
  return createDirectory(services, needMap, serviceWords);
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function tipAt(
  bundle: Bundle,
  pick: "today" | "random" | number,
  topic: string | undefined,
  now: number,
  random: () => number,
) {
  if (pick === "today") return dayOfTip(bundle.tips, vietnamDay(now), topic);
  const number = pick === "random" ? Math.floor(random() * tipsInOrder(bundle.tips, topic).length) : pick;
  return numberedTip(bundle.tips, number, topic);
}

function campaignAt(asked: {
  campaigns: readonly Campaign[];
  bundle: Bundle;
  id: string;
  part: CampaignPart;
  day: string;
  province: string | undefined;
}): readonly Part[] | "open" {
  const { campaigns, bundle, id, part, day, province } = asked;
  const campaign =
    id === "current" ? runningCampaign(campaigns, day, province) : campaigns.find((one) => one.campaign === id);
  if (campaign === undefined || bundle.month === null) return "open";
  const parts = campaignParts(campaign, bundle.month, part, day);
  return parts.length === 0 ? "open" : parts;
}

function listOf(
  name: ListName,
  bundle: Bundle,
  campaigns: readonly Campaign[],
  guides: ReturnType<typeof createGuides>,
  say: Say,
): ReturnType<World["list"]> {
  const text = (key: string): Localized => ({ vi: say({ key }, "vi"), en: say({ key }, "en") });
  switch (name) {
    case "needs":
      return NEEDS.map((id) => ({ id, label: text(`engine.need_${id}`) }));
    case "languages":
      return LANGS.map((id) => ({ id, label: text(`engine.lang_${id}`) }));
    case "quizzes":
      return byOrder(bundle.quizzes).map(({ quiz, title }) => ({ id: quiz, label: title }));
    case "tip-topics":
      return byOrder(bundle.tips).map(({ topic, title }) => ({ id: topic, label: title }));
    case "campaigns":
      return [...campaigns]
        .filter((campaign) => campaign.theme !== undefined)
        .sort((a, b) => b.year - a.year)
        .map(({ campaign, title }) => ({ id: campaign, label: title }));
    case "report-guides":
      return guides.list("report");
    case "safety-guides":
      return guides.list("safety");
  }
}

function byOrder<T extends { readonly order: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.order - b.order);
}
