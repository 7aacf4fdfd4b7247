import { z } from "zod";
import { DeskProblem, type FieldIssue, PROBLEMS } from "../problem.ts";

/** Everything that a page of its own tells, with its status. The texts are `desk.trouble.<name>`. */
const TROUBLES = {
  /** The token of the form is old or missing. */
  stale: 403,
  /** The form came from another site. */
  foreign: 403,
  /** The session is over, and somebody sent a form. */
  "signed-out": 403,
  /** There is no such page. */
  "not-here": 404,
  /** A link that was used already, or is over. */
  "no-link": 404,
  "too-large": 413,
  unreadable: 400,
  broken: 500,
} as const;
type TroubleName = keyof typeof TROUBLES;

/** What went wrong on the way, before anything was done. */
export class WebTrouble extends Error {
  override readonly name = "WebTrouble";
  readonly trouble: TroubleName;
  constructor(trouble: TroubleName) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** What a page tells of a failure: a title, and a text for each thing that is wrong, as keys of `locales/`. */
export interface Told {
  readonly status: number;
  readonly title: string;
  readonly texts: readonly Pick<FieldIssue, "text" | "params">[];
  /** Whether what somebody typed is shown again, to be copied. */
  readonly keeps: boolean;
}

export function toldOf(error: unknown): Told {
  if (error instanceof DeskProblem) {
    const { problem, issues } = error;
    const texts = [{ text: `desk.problem.${problem}` }, ...issues];
    return { status: PROBLEMS[problem], title: "desk.not_done", texts, keeps: true };
  }
  const trouble = error instanceof WebTrouble ? error.trouble : troubleOf(Failure.safeParse(error).data);
  const keeps = trouble === "stale" || trouble === "signed-out" || trouble === "broken";
  const key = `desk.trouble.${trouble}`;
  return { status: TROUBLES[trouble], title: `${key}.title`, texts: [{ text: `${key}.text` }], keeps };
}

/** Of an error of the server's own packages. */
const Failure = z.object({ code: z.string().catch(""), statusCode: z.int().catch(500) });

function troubleOf(failure: z.infer<typeof Failure> | undefined): TroubleName {
  if (failure === undefined) return "broken";
  if (failure.code.startsWith("FST_CSRF")) return "stale";
  if (failure.statusCode === 413) return "too-large";
  return failure.statusCode >= 400 && failure.statusCode < 500 ? "unreadable" : "broken";
}
