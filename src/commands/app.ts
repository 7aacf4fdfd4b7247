import { join } from "node:path";
import { Bot } from "../bot/bot.ts";
import { Drafts } from "../bot/drafts.ts";
import { createWorlds, type TeamSources, type Worlds } from "../bot/world.ts";
import type { CampaignSlots } from "../campaign/slots.ts";
import type { Bundle } from "../content/bundle.ts";
import { loadContent } from "../content/snapshot.ts";
import { parsePlaces } from "../directory/place-data.ts";
import type { TeamServices } from "../directory/team-services.ts";
import { createUnits, type Units } from "../directory/units.ts";
import { createLetters, type WriteLetter } from "../draft/letters.ts";
import { linkProgram, type Program } from "../flow/program.ts";
import { createTexts, type Say, type Standing } from "../language/texts.ts";
import type { CitizenStore } from "../stores/citizen-store.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { Profile, TeamStore } from "../stores/team-store.ts";

/** Where `flows/`, `content/` and `locales/` are. */
export const ROOT = join(import.meta.dirname, "..", "..");

/** Pictures and recordings that flows name. */
export const MEDIA_FOLDER = join(ROOT, "content", "media");

/** The citizen store, in the data folder. */
export const DATABASE_FILE = "citizens.sqlite";

/** Everything between the content and the bot. */
export interface App {
  readonly bundle: Bundle;
  readonly program: Program;
  readonly say: Say;
  readonly worlds: Worlds;
  readonly standing: Standing;
  /** What the team has written meanwhile holds from the next turn on. */
  renew(team: TeamSettings): void;
}

export interface AppSettings extends TeamSettings {
  random(): number;
}

interface TeamSettings {
  readonly profile: Profile | null;
  readonly slots: CampaignSlots;
  /** The team's part of the directory; absent or null: the shipped entries alone. */
  readonly services?: TeamServices | null;
}

/** What the team has set; nothing set is a trial. */
export async function readTeam(team: TeamStore): Promise<TeamSettings> {
  return {
    profile: await team.read("profile"),
    slots: (await team.read("campaigns")) ?? {},
    services: await team.read("services"),
  };
}

/** Loads the content from `root`. Rejects with `AppError` content_invalid naming the first finding. */
export async function openApp(settings: AppSettings, root = ROOT): Promise<App> {
  const { bundle } = await loadContent(root);
  return assembleApp(bundle, settings);
}

export function assembleApp(bundle: Bundle, { random, ...settings }: AppSettings): App {
  let standing = standingOf(bundle, settings.profile);
  const live: Standing = {
    get operator() {
      return standing.operator;
    },
    get operator_hours() {
      return standing.operator_hours;
    },
  };
  const program = linkProgram(bundle.program, bundle.flows.values());
  const say = createTexts(bundle.texts, live);
  const worlds = createWorlds({ bundle, say, random, ...worldSettings(settings) });
  return {
    ...{ bundle, program, say, worlds, standing: live },
    renew(team) {
      standing = standingOf(bundle, team.profile);
      worlds.renew(worldSettings(team));
    },
  };
}

/** A bot that nobody set up says that it is a trial. */
function standingOf({ texts: { vi, en } }: Bundle, profile: Profile | null): Standing {
  const trial = (key: string) => ({ vi: vi.get(key) ?? "", en: en.get(key) ?? "" });
  return {
    operator: profile?.name ?? trial("engine.operator_unset"),
    operator_hours: profile?.hours ?? trial("engine.hours_unset"),
  };
}

function worldSettings({ profile, slots, services }: TeamSettings): TeamSources {
  return { slots, services: services ?? null, home: profile?.place };
}

/** Letters of this content; the places are read when the first one is written. */
function lettersOf({ forms, letterhead, places }: Bundle): WriteLetter {
  let units: Units | undefined;
  const unitsOf: Units = (code) => {
    units ??= places.provinces === null ? () => undefined : createUnits(parsePlaces(places));
    return units(code);
  };
  return createLetters({ forms, letterhead, units: unitsOf });
}

/** The bot of this content on a store. `now` gives milliseconds since 1970. */
export function createBot(
  { bundle, program, say, worlds }: App,
  store: CitizenStore,
  keyring: Keyring,
  now: () => number,
): Bot {
  return new Bot({
    program,
    say,
    store,
    drafts: new Drafts(lettersOf(bundle)),
    keyOf: (channel, chat) => keyring.citizenKey(channel, chat),
    worldAt: (at, key, channel) => worlds.at(at, { channel, digest: (words) => keyring.safeWordDigest(key, words) }),
    now,
    provinceOf: worlds.provinceOf,
  });
}
