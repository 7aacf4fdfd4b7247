/** Names for every failure we expect. A retired code is never given a second meaning. */
export const ERROR_CODES = [
  "config_invalid",
  "content_invalid",
  "data_folder_in_use",
  "store_failed",
  "key_file_invalid",
  "input_invalid",
  "address_unusable",
  "network_refused",
  "send_failed",
  "desk_unreachable",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure of the outside world or of settings. The message says what to do next; never a secret, never a person's words. */
export class AppError extends Error {
  override readonly name: string = "AppError";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A store could not read or write; `cause` keeps the database's own error. The caller may try again. */
export class StoreError extends AppError {
  override readonly name = "StoreError";
  constructor(message: string, options?: ErrorOptions) {
    super("store_failed", message, options);
  }
}
