/** What Telegram puts beside a description so that a bot can act on it. */
export interface ErrorParameters {
  /** Seconds. */
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
}

/** An answer with `ok: false`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: number;
  readonly description: string;
  readonly parameters: ErrorParameters | undefined;
  /** Whether a careful bot would never have made the call: only such are refusals. */
  readonly blame: boolean;

  constructor(code: number, description: string, options: { blame?: boolean; parameters?: ErrorParameters } = {}) {
    super(`${code} ${description}`);
    this.code = code;
    this.description = description;
    this.parameters = options.parameters;
    this.blame = options.blame ?? true;
  }
}

/** The commonest refusal: the call itself is wrong. */
export function badRequest(why: string): ApiError {
  return new ApiError(400, `Bad Request: ${why}`);
}

/** Refused because of something that happened meanwhile and that a bot cannot know. */
export function outrun(code: number, description: string): ApiError {
  return new ApiError(code, description, { blame: false });
}

/** Flood control. `blame` is false where a test ordered it. */
export function tooMany(seconds: number, blame: boolean): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, {
    blame,
    parameters: { retry_after: seconds },
  });
}
