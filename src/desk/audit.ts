import type { Actor } from "./access.ts";

/** Who did what to what, when, and what it was before and after. Never a citizen, a password, a code or a token. */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Id and name of the member of staff; `-` for somebody who is not one. */
  readonly who: string;
  readonly name: string;
  readonly via: Actor["via"];
  /** Name of the action, such as `broadcast.release`. */
  readonly action: string;
  /** Id of the thing. */
  readonly subject: string;
  /** The place it concerns. */
  readonly place?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The audit trail: entries are added and read, never changed. */
export interface Audit {
  /** Resolves once the entry would survive a power cut. Called before the change it tells of. */
  note(entry: Omit<AuditEntry, "at">): Promise<void>;
  /** Newest first. */
  read(most: number, before?: number): Promise<readonly AuditEntry[]>;
}
