/** Everything the desk refuses, with the HTTP status. The text is `desk.problem.<name>`. */
export const PROBLEMS = {
  forbidden: 403,
  "outside-place": 403,
  "not-found": 404,
  /** Somebody else changed it meanwhile, or its state no longer allows it. */
  conflict: 409,
  /** Whoever wrote something may not release it. */
  "second-person": 403,
  invalid: 422,
  /** Too often in a short time. */
  "too-many": 429,
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** One field that does not fit: its name in the form and a key of `locales/`. */
export interface FieldIssue {
  readonly field: string;
  readonly text: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** A refusal that the person who asked should read. Carries nothing secret. */
export class DeskProblem extends Error {
  override readonly name = "DeskProblem";
  readonly problem: ProblemName;
  readonly issues: readonly FieldIssue[];
  constructor(problem: ProblemName, issues: readonly FieldIssue[] = []) {
    super(
      issues.length === 0 ? problem : `${problem}: ${issues.map(({ field, text }) => `${field} ${text}`).join(", ")}`,
    );
    this.problem = problem;
    this.issues = issues;
  }

  get status(): number {
    return PROBLEMS[this.problem];
  }
}
