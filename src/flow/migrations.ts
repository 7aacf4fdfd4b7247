import { SESSION_VERSION, Session } from "./session.ts";

/** Carries a saved session one version on. Pure; never edited after release; each with a before/after file in tests. */
export type Migration = (session: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** `MIGRATIONS[n]` makes version n+2 out of version n+1: numbered without gaps. Version 1 is the first. */
export const MIGRATIONS: readonly Migration[] = [];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Applies the migrations that a saved value of its version still needs; null for what has no known version. */
export function migrate(saved: unknown, migrations: readonly Migration[]): unknown {
  if (!isRecord(saved)) return null;
  const version = saved["v"];
  if (typeof version !== "number" || version < 1 || version > migrations.length + 1) return null;
  return migrations
    .slice(version - 1)
    .reduce((session: Readonly<Record<string, unknown>>, step) => step(session), saved);
}

/**
 * A session as a store holds it, of any version up to this one, as the present version. Null for what cannot be
 * read (written by a later version, or damaged): the person then starts anew, and nothing breaks.
 */
export function readSession(saved: unknown): Session | null {
  const parsed = Session.safeParse(migrate(saved, MIGRATIONS));
  return parsed.success && parsed.data.v === SESSION_VERSION ? parsed.data : null;
}
