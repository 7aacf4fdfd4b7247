/** What a letter can be fetched as. */
export const FORMATS = ["docx", "pdf"] as const;
export type Format = (typeof FORMATS)[number];

/** What a person asked to be made into a letter. It lives in memory only: nothing may write it down. */
export interface Draft {
  readonly form: string;
  /** By field; a field left out is filled in by hand. */
  readonly answers: Readonly<Record<string, string>>;
  /** Code of the place whose office the letter goes to. */
  readonly place: string | undefined;
}
