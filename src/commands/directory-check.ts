import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { Config } from "../config.ts";
import { monthsAfter, readDay } from "../directory/days.ts";
import { callProblem, checkOf, entryOf, withCheck } from "../directory/record-check.ts";
import type { Listed } from "../directory/service.ts";
import {
  CHECK_HOLDS_MONTHS,
  listedOwn,
  NO_TEAM_SERVICES,
  type ServiceCheck,
  type TeamServices,
} from "../directory/team-services.ts";
import { AppError } from "../errors.ts";
import type { Lang } from "../flow/ids.ts";
import { fold } from "../language/fold.ts";
import type { App } from "./app.ts";
import { directoryTexts, openDirectoryApp, type Survey } from "./directory.ts";
import { withTeam } from "./team-folder.ts";

export interface CheckOptions {
  readonly lang?: Lang;
  /** Role or name of who called. */
  readonly by: string;
  /** `YYYY-MM-DD`; absent: today in Việt Nam. */
  readonly on?: string;
  readonly result: ServiceCheck["answer"];
  readonly note?: string;
  /** As if it were this moment (milliseconds since 1970). */
  readonly date?: number;
}

/** Records that somebody called or opened a service, and says what that changes. */
export async function checkService(config: Config, id: string, options: CheckOptions): Promise<void> {
  const app = await openDirectoryApp();
  const { lang = "vi", date = Date.now() } = options;
  const today = vietnamDay(date);
  const { on = today } = options;
  const say = directoryTexts(app, lang);
  await withTeam(config, async (team) => {
    const before = (await team.read("services")) ?? NO_TEAM_SERVICES;
    const service = serviceOf(app, before, id, say);
    const { by, result: answer, note } = options;
    refuse(id, { on, answer }, today, say);
    const check = checkOf(service, { by, on, answer, ...(note !== undefined && { note }) });
    await team.write("services", withCheck(before, id, check));
    process.stdout.write(`${outcome(service, check, today, say)}\n${say("import.restart")}\n`);
  });
}

const MOST_NEAR = 5;

function serviceOf({ bundle }: App, team: TeamServices, id: string, say: Survey["say"]): Listed {
  const found = entryOf(bundle.services, team, id);
  if (found !== undefined) return found;
  const parts = fold(id).split(/[^a-z0-9]+/);
  const closeness = (service: Listed) => parts.filter((part) => service.id.includes(part)).length;
  const all = [...bundle.services, ...team.own.map(listedOwn)];
  const near = all.toSorted((a, b) => closeness(b) - closeness(a)).slice(0, MOST_NEAR);
  throw new AppError("input_invalid", say("check.unknown", { id, near: near.map((one) => one.id).join(", ") }));
}

function refuse(id: string, call: Pick<ServiceCheck, "on" | "answer">, today: string, say: Survey["say"]): void {
  const said = {
    "day-form": () => say("bad.day-form", { value: call.on }),
    "day-future": () => say("bad.day-future", { value: readDay(call.on) }),
    emergency: () => say("check.emergency", { id }),
  };
  const problem = callProblem(id, call, today);
  if (problem !== null) throw new AppError("input_invalid", said[problem]());
}

function outcome({ id }: Listed, { on, answer }: ServiceCheck, today: string, say: Survey["say"]): string {
  const until = monthsAfter(on, CHECK_HOLDS_MONTHS);
  const lapsed = answer === "works" && until <= today;
  const params = { id, day: readDay(on), until: readDay(until), months: String(CHECK_HOLDS_MONTHS) };
  return say(lapsed ? "check.lapsed" : `check.${answer}`, params);
}
