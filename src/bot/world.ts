import { createHash } from "node:crypto";
import type { Campaign } from "../campaign/campaign.ts";
import { campaignParts } from "../campaign/campaign-parts.ts";
import { quizView } from "../campaign/quiz-view.ts";
import { runningCampaign, withSlots } from "../campaign/running-campaign.ts";
import type { CampaignSlots } from "../campaign/slots.ts";
import { dayOfTip, numberedTip, tipsInOrder } from "../campaign/tip-order.ts";
import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { ChannelName } from "../channels/port.ts";
import type { Bundle } from "../content/bundle.ts";
import { type PlaceData, parsePlaces } from "../directory/place-data.ts";
import { createPlaces, type Places } from "../directory/places.ts";
import { createDirectory, type Directory } from "../directory/services.ts";
import { listServices, NO_TEAM_SERVICES, type TeamServices } from "../directory/team-services.ts";
import { createUnits } from "../directory/units.ts";
import { type CampaignPart, LANGS, type ListName, type Localized, NEEDS } from "../flow/ids.ts";
import type { Part } from "../flow/screen.ts";
import type { World } from "../flow/world.ts";
import { createGuides } from "../guide/guides.ts";
import { createReceivers, type NameReceivers } from "../guide/receivers.ts";
import type { Say } from "../language/texts.ts";
import { readModel } from "../safety/model.ts";
import { createScreen } from "../safety/screen.ts";

export interface WorldSources {
  readonly bundle: Bundle;
  readonly say: Say;
  readonly slots: CampaignSlots;
  /** What the team entered and checked; null: the shipped entries alone. */
  readonly services: TeamServices | null;
  /** Where the operator works: whose campaign is shown to people who have not said where they are. */
  readonly home: string | undefined;
  random(): number;
}

/** What the team writes and conversations show. */
export type TeamSources = Pick<WorldSources, "slots" | "services" | "home">;

/** What a turn knows of the chat it belongs to. */
export type Here = Pick<World, "digest"> & { readonly channel: ChannelName };

/** The chat of nobody, for dialogues and proofs: its digests need no key. */
export function nobodyOn(channel: ChannelName): Here {
  const digest = (words: string) => createHash("sha256").update(words).digest("base64url").slice(0, 32);
  return { channel, digest };
}

/** Makes the world of each turn from the content. Places are read when the first one is asked for. */
export interface Worlds {
  /** `here` is nobody's terminal where it is left out. */
  at(now: number, here?: Here): World;
  readonly screen: World["screen"];
  provinceOf(place: string): string | undefined;
  /** The next turns show what the team wrote meanwhile. */
  renew(team: TeamSources): void;
}

export function createWorlds({ bundle, say, random, ...given }: WorldSources): Worlds {
  const screen = screenOf(bundle);
  let team = teamParts(bundle, given);
  const placeData = lazy(() => parsePlaces(bundle.places));
  const guides = createGuides(bundle.guides, bundle.statements, receiversOf(bundle, placeData));
  const forms = new Map(bundle.forms.map((form) => [form.form, form]));
  const quizzes = new Map(bundle.quizzes.map((quiz) => [quiz.quiz, quizView(quiz)]));
  const places = lazy(() => (bundle.places.provinces === null ? NO_PLACES : createPlaces(placeData())));
  const lists = new Map<ListName, ReturnType<World["list"]>>();
  const list = (name: ListName, of?: string) => {
    if (name === "report-guides" && of !== undefined) return guides.list("report", of);
    const known = lists.get(name) ?? listOf(name, bundle, team.campaigns, guides, say);
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
      resolve: (text: string, among?: readonly string[]) => places().resolve(text, among),
      nearest: (latitude: number, longitude: number) => places().nearest(latitude, longitude),
      name: (code: string) => places().name(code),
    },
    list,
    form: (id: string) => forms.get(id),
    quiz: (id: string) => quizzes.get(id),
    statement: guides.statement,
    guide: guides.section,
    responder: () => false,
  };
  return {
    screen,
    provinceOf,
    renew(sources) {
      team = teamParts(bundle, sources);
      lists.clear();
    },
    at: (now, here = NOBODY) => ({
      ...always,
      ...here,
      now,
      services: ({ place, ...query }) =>
        team.directory.find({ ...query, ...(place === undefined ? NOWHERE : placed(place, provinceOf)) }, now),
      tip: (pick, topic) => tipAt(bundle, pick, topic, now, random),
      campaign: (id, part, place = team.home) =>
        campaignAt({
          campaigns: team.campaigns,
          bundle,
          id,
          part,
          day: vietnamDay(now),
          province: place && provinceOf(place),
        }),
    }),
  };
}

const NOBODY = nobodyOn("terminal");

function teamParts(bundle: Bundle, { slots, services, home }: TeamSources) {
  return {
    campaigns: withSlots(bundle.campaigns, slots),
    directory: directoryOf(bundle, services ?? NO_TEAM_SERVICES),
    home,
  };
}

/** Folders that hold flows and texts only have no safety screen. */
function screenOf(bundle: Bundle): World["screen"] {
  const { signals, lexicon } = bundle;
  if (signals === null || lexicon === null) return () => null;
  return createScreen(() => ({ signals, lexicon, model: readModel(bundle.model) }));
}

/** For folders that hold flows and texts only. */
const NO_PLACES: Places = {
  resolve: () => ({ kind: "none" }),
  nearest: () => ({ kind: "none" }),
  name: () => undefined,
  provinceOf: () => undefined,
};

function directoryOf(bundle: Bundle, team: TeamServices): Pick<Directory, "find"> {
  const { services, needMap, serviceWords, doNotUse } = bundle;
  if (needMap === null || serviceWords === null) return { find: () => [] };
  return createDirectory(listServices(services, team, doNotUse), needMap, serviceWords);
}

const NOWHERE = { provinceCode: undefined } as const;

function placed(place: string, provinceOf: Worlds["provinceOf"]) {
  const provinceCode = provinceOf(place);
  return place === provinceCode ? { provinceCode } : { provinceCode, communeCode: place };
}

/** Places are read when the first one is named. */
function receiversOf({ receivers, places }: Bundle, placeData: () => PlaceData): NameReceivers {
  if (receivers === null || places.provinces === null) return (text) => text;
  const units = lazy(() => createUnits(placeData()));
  return createReceivers(receivers, (code) => units()(code));
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
    case "forms":
      return byOrder(bundle.forms).map(({ form, name }) => ({ id: form, label: name }));
    case "report-guides":
      return guides.list("report");
    case "safety-guides":
      return guides.list("safety");
  }
}

function byOrder<T extends { readonly order: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.order - b.order);
}
