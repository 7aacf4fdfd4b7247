import PQueue from "p-queue";
import { z } from "zod";
import type { ProvinceOf } from "../../broadcast/segment.ts";
import { vietnamDay } from "../../campaign/vietnam-day.ts";
import type { Bundle } from "../../content/bundle.ts";
import { type Due, dueServices } from "../../directory/due.ts";
import { callProblem, checkOf, entryOf, withCheck } from "../../directory/record-check.ts";
import type { Listed } from "../../directory/service.ts";
import {
  CHECK_ANSWERS,
  listedOwn,
  listServices,
  NO_TEAM_SERVICES,
  type ServiceCheck,
  type TeamServices,
  validCheck,
} from "../../directory/team-services.ts";
import { Slug } from "../../flow/ids.ts";
import { fold } from "../../language/fold.ts";
import type { TeamStore } from "../../stores/team-store.ts";
import { type Actor, covers } from "../access.ts";
import { type Actions, action } from "../action.ts";
import type { Audit } from "../audit.ts";
import { DeskProblem } from "../problem.ts";
import type { DirectoryEntry, DirectoryQueries } from "./directory.ts";

export interface DirectoryChecksDeps {
  readonly team: Pick<TeamStore, "read" | "write">;
  readonly bundle: Pick<Bundle, "services" | "doNotUse">;
  readonly audit: Audit;
  readonly provinceOf: ProvinceOf;
  /** Code of the place of whoever runs this bot; undefined: the whole country. */
  authorityPlace(): string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets conversations see what was written. */
  renew(): Promise<void>;
}

/** The directory as the team keeps it true: what should be called, and what came of it. */
export function createDirectoryChecks(deps: DirectoryChecksDeps): {
  readonly queries: DirectoryQueries;
  readonly actions: Actions;
} {
  const oneAtATime = new PQueue({ concurrency: 1 });
  return {
    queries: {
      entries: async (by, query = "") => {
        const team = await readServices(deps);
        return entriesOf(deps, team, by).filter(({ service }) => matches(service, query));
      },
    },
    actions: {
      "directory.check": action({
        right: "directory.check",
        input: CheckInput,
        run: (input, by) => oneAtATime.add(() => record(deps, input, by)),
      }),
    },
  };
}

/** Of a note: a few sentences. */
const NOTE_MOST = 500;

const CheckInput = z
  .strictObject({
    service: Slug,
    answer: z.enum(CHECK_ANSWERS, "desk-directory.invalid.answer"),
    note: z.string().trim().max(NOTE_MOST, "desk-directory.invalid.note-long").optional(),
  })
  .refine(({ answer, note = "" }) => answer !== "changed" || note !== "", {
    path: ["note"],
    message: "desk-directory.invalid.note",
  });
type CheckInput = z.infer<typeof CheckInput>;

async function readServices({ team }: DirectoryChecksDeps): Promise<TeamServices> {
  return (await team.read("services")) ?? NO_TEAM_SERVICES;
}

async function record(deps: DirectoryChecksDeps, input: CheckInput, by: Actor): Promise<ServiceCheck> {
  const before = await readServices(deps);
  const service = entryOf(deps.bundle.services, before, input.service);
  if (service === undefined) throw new DeskProblem("not-found");
  if (!isMine(deps, service, by)) throw new DeskProblem("outside-place");
  const today = vietnamDay(deps.now());
  const call = { by: by.name, on: today, answer: input.answer, ...(input.note && { note: input.note }) };
  if (callProblem(service.id, call, today) !== null) {
    throw new DeskProblem("invalid", [{ field: "answer", text: "desk-directory.invalid.emergency" }]);
  }
  const check = checkOf(service, call);
  await deps.audit.note({
    ...{ who: by.id, name: by.name, via: by.via, action: "directory.check", subject: service.id },
    ...(service.coverage !== "national" && { place: service.coverage[0] }),
    ...{ before: before.checks[service.id] ?? null, after: check },
  });
  await deps.team.write("services", withCheck(before, service.id, check));
  await deps.renew();
  return check;
}

/** Entries of a place are its staff's; those of the whole country belong to staff of the authority itself. */
function isMine({ provinceOf, authorityPlace }: DirectoryChecksDeps, { coverage }: Listed, by: Actor): boolean {
  if (coverage === "national") return by.place === undefined || by.place === authorityPlace();
  return coverage.some((code) => covers(by, code, provinceOf));
}

function entriesOf(deps: DirectoryChecksDeps, team: TeamServices, by: Actor): readonly DirectoryEntry[] {
  const { services: shipped, doNotUse } = deps.bundle;
  const due = new Map(dueServices(shipped, team, deps.now()).map((one) => [one.service.id, one]));
  const listed = new Map(listServices(shipped, team, doNotUse).map((service) => [service.id, service]));
  const entry = (service: Listed, found?: Due): DirectoryEntry => ({
    ...{ service, reason: found?.reason ?? null, mine: isMine(deps, service, by) },
    check: found === undefined ? validCheck(service, team.checks) : found.check,
  });
  const others = [...shipped, ...team.own.map(listedOwn)].filter(({ id }) => !due.has(id));
  return [
    ...[...due.values()].map((one) => entry(one.service, one)),
    ...others.map((service: Listed) => entry(listed.get(service.id) ?? service)),
  ];
}

/** Every word stands in a name, in the id or in a number. */
function matches({ id, names, phones }: Listed, query: string): boolean {
  const text = fold([id, names.vi, names.en, ...phones.flatMap(({ number, tel }) => [number, tel])].join(" "));
  return fold(query)
    .split(" ")
    .every((word) => text.includes(word));
}
