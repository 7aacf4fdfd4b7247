import { cancel, confirm, intro, isCancel, log, note, outro, select, text } from "@clack/prompts";
import type { CampaignSlots } from "../campaign/slots.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import { openDataFolder } from "../stores/data-folder.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import type { Profile, TeamStore } from "../stores/team-store.ts";
import { type App, openApp } from "./app.ts";
import { setupFromFile } from "./setup-file.ts";

export interface SetupOptions {
  readonly lang?: Lang;
  readonly file?: string;
}

/** The operator pressed Ctrl+C: what was not saved yet stays unsaved. */
class Cancelled extends Error {}

interface Talk {
  readonly app: App;
  readonly team: TeamStore;
  say(key: string, params?: Record<string, string>): string;
}

/** Says who runs the bot and fills in the open campaign, by questions in the terminal or from a file. */
export async function setup(config: Config, { lang = "vi", file }: SetupOptions): Promise<void> {
  const folder = await openDataFolder(config.DATA_DIR);
  try {
    const team = await openLowdbStore({ folder: folder.path });
    const app = await openApp({ profile: null, slots: {}, random: Math.random });
    const say: Talk["say"] = (key, params) => app.say({ key: `setup.${key}`, ...(params && { params }) }, lang);
    if (file !== undefined) await setupFromFile(file, team, openSlots(app));
    else if (!process.stdin.isTTY) throw new AppError("input_invalid", say("no_terminal"));
    else await ask({ app, team, say });
    await team.close();
  } finally {
    await folder.close();
  }
}

function openSlots(app: App): ReadonlySet<string> {
  return new Set(app.bundle.campaigns.filter((one) => one.theme === undefined).map((one) => one.campaign));
}

async function ask(talk: Talk): Promise<void> {
  const { say } = talk;
  intro(say("title"));
  log.info(say("intro"));
  try {
    while (await askOnce(talk));
    outro(say("bye"));
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    cancel(say("not_saved"));
  }
}

/** One round of the main question; false when the operator is done. */
async function askOnce(talk: Talk): Promise<boolean> {
  const what = await answer(
    select({
      message: talk.say("what"),
      options: (["profile", "campaign", "done"] as const).map((value) => ({ value, label: talk.say(`what_${value}`) })),
    }),
  );
  if (what === "profile") await save(talk, await askProfile(talk), (profile) => talk.team.write("profile", profile));
  if (what === "campaign") await askCampaign(talk);
  return what !== "done";
}

async function answer<T>(asked: Promise<T>): Promise<Exclude<T, symbol>> {
  const given = await asked;
  if (!isGiven(given)) throw new Cancelled();
  return given;
}

function isGiven<T>(answered: T): answered is Exclude<T, symbol> {
  return !isCancel(answered);
}

function line({ say }: Talk, key: string, initial = "", needed = true): Promise<string> {
  const validate = (value: string | undefined) => (needed && !value?.trim() ? say("required") : undefined);
  return answer(text({ message: say(key), initialValue: initial, validate })).then((value) => (value ?? "").trim());
}

async function save<T>({ say }: Talk, value: T, write: (value: T) => Promise<void>): Promise<void> {
  note(JSON.stringify(value, null, 2));
  if (!(await answer(confirm({ message: say("confirm") })))) return log.warn(say("not_saved"));
  await write(value);
  log.success(say("saved"));
}

async function askProfile(talk: Talk): Promise<Profile> {
  const before = await talk.team.read("profile");
  const name = {
    vi: await line(talk, "name_vi", before?.name.vi),
    en: await line(talk, "name_en", before?.name.en),
  };
  const place = await askPlace(talk, before?.place);
  const hours = {
    vi: await line(talk, "hours_vi", before?.hours.vi),
    en: await line(talk, "hours_en", before?.hours.en),
  };
  return { name, hours, ...(place !== undefined && { place }) };
}

async function askPlace(talk: Talk, before: string | undefined): Promise<string | undefined> {
  const { places } = talk.app.worlds.at(Date.now());
  for (;;) {
    const typed = await line(talk, "place", before === undefined ? "" : places.name(before)?.vi, false);
    if (typed === "") return undefined;
    const found = places.resolve(typed);
    if (found.kind === "found") return found.code;
    const several = found.kind === "ambiguous" ? found.candidates.map((one) => one.name.vi).join(", ") : "";
    log.warn(several === "" ? talk.say("place_unknown") : talk.say("place_several", { places: several }));
  }
}

async function askCampaign(talk: Talk): Promise<void> {
  const open = [...openSlots(talk.app)];
  if (open.length === 0) return log.warn(talk.say("no_open"));
  const options = open.map((value) => ({ value, label: value }));
  const id = await answer(select({ message: talk.say("which"), options }));
  const slots = (await talk.team.read("campaigns")) ?? {};
  const slot = await askSlot(talk, slots[id]);
  await save(talk, slot, (value) => talk.team.write("campaigns", { ...slots, [id]: value }));
}

type Slot = CampaignSlots[string];

async function askSlot(talk: Talk, before: Slot | undefined): Promise<Slot> {
  const theme = {
    vi: await line(talk, "theme_vi", before?.theme.vi),
    en: await line(talk, "theme_en", before?.theme.en),
    en_by: await answer(
      select({
        message: talk.say("en_by"),
        options: (["official", "ours"] as const).map((value) => ({ value, label: talk.say(`en_by_${value}`) })),
      }),
    ),
    document: await line(talk, "document", before?.theme.document),
    source: await line(talk, "source", before?.theme.source),
  };
  return { theme, slogans: await askSlogans(talk, theme.source) };
}

async function askSlogans(talk: Talk, source: string): Promise<Slot["slogans"]> {
  const slogans: Slot["slogans"] = [];
  for (;;) {
    const vi = await line(talk, "slogan_vi", "", false);
    if (vi === "") return slogans;
    slogans.push({ vi, en: await line(talk, "slogan_en"), source: await line(talk, "slogan_source", source) });
  }
}
