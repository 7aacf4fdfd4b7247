import type { Config } from "../config.ts";
import { type Coverage, coverageOf, gridHours } from "../directory/coverage.ts";
import { type Due, dueServices } from "../directory/due.ts";
import type { Listed } from "../directory/service.ts";
import { createDirectory } from "../directory/services.ts";
import { listServices, NO_TEAM_SERVICES, type TeamServices } from "../directory/team-services.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import { type App, openApp } from "./app.ts";
import { overviewLines } from "./directory-overview.ts";
import { provinceLines } from "./directory-province.ts";

export interface DirectoryOptions {
  readonly lang?: Lang;
  /** A province by name or code: that one in detail. */
  readonly province?: string;
  readonly json?: true;
  /** As if it were this moment (milliseconds since 1970). */
  readonly date?: number;
}

/** Everything the two reports are made of. */
export interface Survey {
  readonly app: App;
  readonly now: number;
  readonly services: readonly Listed[];
  readonly coverage: readonly Coverage[];
  readonly due: readonly Due[];
  say(key: string, params?: Readonly<Record<string, string>>): string;
  readonly lang: Lang;
}

/** Prints who sees what where, what should be called, and what is missing. Only reads: works while the bot runs. */
export async function directory(config: Config, options: DirectoryOptions): Promise<void> {
  const survey = await surveyOf(config, options);
  const province = options.province === undefined ? undefined : provinceCode(survey, options.province);
  if (options.json) return write([JSON.stringify(asJson(survey, province), null, 2)]);
  write(province === undefined ? overviewLines(survey) : provinceLines(survey, province));
}

/** Texts of `locales/<lang>/directory.yaml`. */
export function directoryTexts({ say }: App, lang: Lang): Survey["say"] {
  return (key, params) => say({ key: `directory.${key}`, ...(params && { params }) }, lang);
}

/** The app, for its texts, places and shipped services. */
export function openDirectoryApp(): Promise<App> {
  return openApp({ profile: null, slots: {}, random: Math.random });
}

async function surveyOf(config: Config, { lang = "vi", date = Date.now() }: DirectoryOptions): Promise<Survey> {
  const app = await openDirectoryApp();
  const team = (await readTeamServices(config)) ?? NO_TEAM_SERVICES;
  const { needMap, serviceWords, doNotUse, places } = app.bundle;
  const services = listServices(app.bundle.services, team, doNotUse);
  if (needMap === null || serviceWords === null)
    throw new AppError("content_invalid", "content/services/ has no needs.");
  const provinces = places.provinces?.provinces.map(({ code }) => code) ?? [];
  const found = createDirectory(services, needMap, serviceWords);
  const { provinceOf } = app.worlds;
  return {
    ...{ app, now: date, services, lang },
    coverage: coverageOf({ directory: found, services, needMap, provinces, provinceOf }, date),
    due: dueServices(app.bundle.services, team, date),
    say: directoryTexts(app, lang),
  };
}

async function readTeamServices(config: Config): Promise<TeamServices | null> {
  const team = await openLowdbStore({ folder: config.DATA_DIR, readOnly: true });
  const services = await team.read("services");
  for (const { file, what } of team.problems()) process.stderr.write(`an-tam: ${file}: ${what}\n`);
  await team.close();
  return services;
}

function provinceCode({ app, now, say }: Survey, value: string): string {
  const { places } = app.worlds.at(now);
  const answer = places.name(value) === undefined ? places.resolve(value) : { kind: "found" as const, code: value };
  const code = answer.kind === "found" ? app.worlds.provinceOf(answer.code) : undefined;
  if (code === undefined) throw new AppError("input_invalid", say("province.unknown", { value }));
  return code;
}

function asJson({ app, now, coverage, due }: Survey, province: string | undefined) {
  const { day, night } = gridHours(now);
  const of = (code: string) => province === undefined || code === province;
  const seen = ({ reach, sure, cards }: Coverage["day"]) => ({ reach, sure, services: cards.map(({ id }) => id) });
  return {
    at: new Date(now).toISOString(),
    hours: { day: new Date(day).toISOString(), night: new Date(night).toISOString() },
    grid: coverage
      .filter((one) => of(one.province))
      .map((one) => ({ ...one, day: seen(one.day), night: seen(one.night) })),
    due: due.map(({ reason, service, check }) => ({
      id: service.id,
      reason,
      lapses: service.lapses,
      check: check ?? null,
    })),
    leads: app.bundle.leads.filter(
      ({ coverage: at }) => at === "national" || at.some((c) => of(app.worlds.provinceOf(c) ?? c)),
    ),
  };
}

function write(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
