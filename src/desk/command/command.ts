import { z } from "zod";
import { RIGHTS, type Right } from "../access.ts";
import type { Action, Actions } from "../action.ts";
import type { Desk } from "../desk.ts";
import { DeskProblem, PROBLEMS, type ProblemName } from "../problem.ts";
import { actorOf } from "../staff/staff.ts";
import { inputOf, shapeOf } from "./input.ts";
import { queriesOf } from "./queries.ts";
import { shapeLine } from "./shape.ts";

/** What somebody typed behind `npm run desk --`. */
export const CommandRequest = z.strictObject({
  /** Group and verb of an action or query, then words for its input: `broadcast`, `release`, `<id>`. */
  words: z.array(z.string().max(500)).max(20),
  /** Login of the member of staff who does it. */
  as: z.string().max(100).optional(),
  /** The input as a file has it. */
  input: z.record(z.string(), z.unknown()),
  fields: z.array(z.tuple([z.string().max(100), z.string().max(20_000)])).max(100),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

const Params = z.record(z.string(), z.string());

export const CommandAnswer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("done"), result: z.unknown() }),
  z.strictObject({
    kind: z.literal("refused"),
    problem: z.custom<ProblemName>((name) => typeof name === "string" && name in PROBLEMS),
    issues: z.array(z.strictObject({ field: z.string(), text: z.string(), params: Params.exactOptional() })),
  }),
  /** Nothing was tried: the text `desk-command.wrong.<text>` says why. */
  z.strictObject({
    kind: z.literal("wrong-use"),
    text: z.enum(["unknown", "who", "member", "not-running"]),
    params: Params,
  }),
]);
export type CommandAnswer = z.infer<typeof CommandAnswer>;

export interface CommandPlace {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where people reach this bot; links of invitations begin with it. */
  readonly base: string;
  /** Whether this is the bot itself. */
  readonly running: boolean;
}

/** Does or looks up what was typed, with exactly the rights that this member of staff has on the pages. */
export async function answerCommand(desk: Desk, request: CommandRequest, at: CommandPlace): Promise<CommandAnswer> {
  try {
    return await answer(desk, request, at);
  } catch (error) {
    if (!(error instanceof DeskProblem)) throw error;
    return { kind: "refused", problem: error.problem, issues: [...error.issues] };
  }
}

async function answer(desk: Desk, request: CommandRequest, at: CommandPlace): Promise<CommandAnswer> {
  const { words, as, ...written } = request;
  const table = { ...desk.actions, ...queriesOf(desk, at.now) };
  const found = nameIn([...Object.keys(table), ...Object.keys(OPEN)], words);
  if (found === undefined) return unknown(table, words);
  const open = OPEN[found.name];
  if (open !== undefined) return open.answer(desk, found.rest, at);
  if (as === undefined) return { kind: "wrong-use", text: "who", params: { name: found.name.replace(".", " ") } };
  const member = await desk.staff.byLogin(as.toLowerCase());
  if (member === null || !member.active) return { kind: "wrong-use", text: "member", params: { login: as } };
  const { input, perform } = actionIn(table, found.name);
  const result = await perform(
    inputOf(input, { ...written, words: found.rest }, desk.places),
    actorOf(member, "command", desk.authority.place()),
  );
  return { kind: "done", result: withLink(result, at) };
}

function actionIn(table: Actions, name: string): Action {
  const found = table[name];
  if (found === undefined) throw new DeskProblem("not-found");
  return found;
}

interface OpenCommand {
  /** What it takes, for the list. */
  readonly input: string;
  answer(desk: Desk, words: readonly string[], at: CommandPlace): Promise<CommandAnswer>;
}

/**
 * What needs nobody's name: what there is to do, and the ways back in for whoever lost every other. Those are no
 * secret from somebody who can read the data folder.
 */
const OPEN: Readonly<Record<string, OpenCommand>> = {
  actions: { input: "", answer: async (desk, _, at) => ({ kind: "done", result: allOf(desk, at.now) }) },
  /** A start makes a new one, and prints it. */
  "staff.link": {
    input: "",
    answer: async ({ staff }, _, at) =>
      at.running ? linkAnswer(await staff.firstLink(), at) : { kind: "wrong-use", text: "not-running", params: {} },
  },
  "staff.reset-link": {
    input: "login*: text",
    answer: async ({ staff }, [login = ""], at) =>
      linkAnswer((await staff.resetLink(login.toLowerCase()))?.token ?? null, at),
  },
};

function linkAnswer(token: string | null, at: CommandPlace): CommandAnswer {
  if (token === null) return { kind: "refused", problem: "not-found", issues: [] };
  return { kind: "done", result: { link: linkOf(token, at) } };
}

function linkOf(token: string, { base }: CommandPlace): string {
  return `${base}/desk/accept/${token}`;
}

/** A token that makes or mends an account is given as the link that is opened with it. */
function withLink(result: unknown, at: CommandPlace): unknown {
  const invited = z.looseObject({ token: z.string() }).safeParse(result);
  if (!invited.success) return result;
  const { token, ...rest } = invited.data;
  return { ...rest, link: linkOf(token, at) };
}

/** The longest name that the words begin with: `staff.list`, or `audit` alone. */
function nameIn(
  names: readonly string[],
  words: readonly string[],
): { name: string; rest: readonly string[] } | undefined {
  return [2, 1]
    .filter((length) => words.length >= length)
    .map((length) => ({ name: words.slice(0, length).join("."), rest: words.slice(length) }))
    .find(({ name }) => names.includes(name));
}

function unknown(table: Actions, words: readonly string[]): CommandAnswer {
  const [group = "", verb = ""] = words;
  const names = [...Object.keys(table), ...Object.keys(OPEN)].sort();
  const near = names.filter((name) => name.startsWith(`${group}.`));
  const known = near.length > 0 ? near : names;
  const params = { name: `${group} ${verb}`.trim(), near: known.map((name) => name.replace(".", " ")).join(", ") };
  return { kind: "wrong-use", text: "unknown", params };
}

/** Everything that can be done and looked at, what it takes and who may; no roles: whoever can run the command. */
function allOf(desk: Desk, now: number) {
  const named = Object.entries({ ...desk.actions, ...queriesOf(desk, now) }).map(([name, { right, input }]) => ({
    name: name.replace(".", " "),
    changes: name in desk.actions,
    roles: rolesOf(right),
    input: shapeLine(shapeOf(input)),
    schema: shapeOf(input),
  }));
  const open = Object.entries(OPEN).map(([name, { input }]) => ({
    name: name.replace(".", " "),
    changes: name.startsWith("staff."),
    roles: [],
    input,
  }));
  return [...named, ...open].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function rolesOf(right: Right): readonly string[] {
  return RIGHTS[right];
}
