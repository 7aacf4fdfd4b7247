import { AppError } from "../../errors.ts";
import type { WebText } from "./texts.ts";

/** Every failure the API answers with, its HTTP status and its text. */
export const PROBLEMS = {
  bad_request: { status: 400, text: "error_bad_request" },
  unauthorised: { status: 401, text: "error_unauthorised" },
  not_found: { status: 404, text: "error_not_found" },
  gone: { status: 410, text: "error_gone" },
  too_long: { status: 413, text: "error_too_long" },
  too_many: { status: 429, text: "error_too_many" },
  broken: { status: 500, text: "error_broken" },
  unavailable: { status: 503, text: "error_unavailable" },
} as const satisfies Record<string, { status: number; text: WebText }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** A request that gets an error answer. Carries nothing of what the person sent. */
export class WebProblem extends Error {
  override readonly name = "WebProblem";
  readonly code: ProblemCode;
  /** Seconds after which the same request may succeed; absent: it will not. */
  readonly retryAfter: number | undefined;
  constructor(code: ProblemCode, retryAfter?: number) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What to tell the browser about any thrown thing. A failing store is worth another try soon. */
export function problemOf(error: unknown): WebProblem {
  if (error instanceof WebProblem) return error;
  if (error instanceof AppError) return new WebProblem("unavailable", 2);
  const status = statusOf(error);
  if (status === 413) return new WebProblem("too_long");
  if (status !== undefined && status >= 400 && status < 500) return new WebProblem("bad_request");
  return new WebProblem("broken", 5);
}

/** Fastify puts an HTTP status on the errors it throws for malformed requests. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}
