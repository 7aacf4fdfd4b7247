import { createHash, randomBytes } from "node:crypto";
import type { TeamStore } from "../../stores/team-store.ts";
import type { MissedSignIns, ShownMember } from "../staff/staff.ts";

/** After this long without a request the next one asks for the password again. */
const IDLE_MS = 30 * 60_000;
/** However busy somebody is: once in a working day. */
const WHOLE_MS = 12 * 3_600_000;
/** From the password to the code, also to that of another second factor. */
export const HALF_MS = 10 * 60_000;
/** Browsers of one person at a time; the oldest is signed out. */
const MOST_EACH = 10;
const ID_BYTES = 32;

/** `half`: the password was right; the code of the second factor is still to come. */
export type SessionKind = "half" | "full";

/** A second factor that is being set up: kept in memory until its first code is right. */
export interface Setup {
  readonly secret: string;
  readonly uri: string;
  readonly svg: string;
}

/** One browser of one member. */
export interface Session {
  /** SHA-256 of the id in the cookie, base64url: whoever reads the data folder cannot sign in with it. */
  readonly digest: string;
  readonly member: string;
  readonly kind: SessionKind;
  /** Milliseconds since 1970. */
  readonly created: number;
  seen: number;
  setup: Setup | null;
  /** Until when a second factor may be set up: the password was given again a moment ago. Milliseconds since 1970. */
  renewsUntil: number;
  /** Failed sign-ins before this one, until somebody has read of them. */
  missed: MissedSignIns | null;
}

/**
 * Who is signed in: in memory, and in the document `desk_sessions`, which is written when somebody signs in or out.
 * A session ends by itself after half an hour without a request and after twelve hours in any case.
 */
export class Sessions {
  readonly #team: TeamStore;
  readonly #now: () => number;
  readonly #all = new Map<string, Session>();

  /** Rejects with `StoreError`. */
  static async open(team: TeamStore, now: () => number): Promise<Sessions> {
    const sessions = new Sessions(team, now);
    const file = (await team.read("desk_sessions")) ?? {};
    for (const [digest, { member, kind, created }] of Object.entries(file)) {
      sessions.#all.set(digest, { ...fresh(digest, member, kind, created), seen: now() });
    }
    return sessions;
  }

  private constructor(team: TeamStore, now: () => number) {
    this.#team = team;
    this.#now = now;
  }

  /** The session of an id; null when it is unknown or over. Counts as a request. */
  find(id: string): Session | null {
    const session = this.#all.get(digestOf(id));
    if (session === undefined || this.#isOver(session)) return null;
    session.seen = this.#now();
    return session;
  }

  /** Whether the session began after the member's password, second factor or rights changed last. */
  fits(session: Session, member: ShownMember | null): member is ShownMember {
    return member !== null && session.created >= member.changedAt;
  }

  /** A new id, as each step of signing in gets one. `instead` is over then. */
  async begin(
    member: string,
    kind: SessionKind,
    { instead, missed = null }: { readonly instead: Session | null; readonly missed?: MissedSignIns | null },
  ): Promise<string> {
    const id = randomBytes(ID_BYTES).toString("base64url");
    const session = { ...fresh(digestOf(id), member, kind, this.#now()), missed };
    if (instead !== null) this.#all.delete(instead.digest);
    this.#makeRoom(member);
    this.#all.set(session.digest, session);
    await this.#save();
    return id;
  }

  async end(session: Session): Promise<void> {
    if (this.#all.delete(session.digest)) await this.#save();
  }

  /** Signs a member out of every browser. */
  async endAll(member: string): Promise<void> {
    const theirs = this.#of(member);
    for (const { digest } of theirs) this.#all.delete(digest);
    if (theirs.length > 0) await this.#save();
  }

  #of(member: string): Session[] {
    return [...this.#all.values()].filter((session) => session.member === member);
  }

  #makeRoom(member: string): void {
    for (const session of this.#all.values()) if (this.#isOver(session)) this.#all.delete(session.digest);
    const theirs = this.#of(member).sort((a, b) => a.created - b.created);
    for (const { digest } of theirs.slice(0, Math.max(0, theirs.length - MOST_EACH + 1))) this.#all.delete(digest);
  }

  #isOver({ kind, created, seen }: Session): boolean {
    const now = this.#now();
    return now - seen >= IDLE_MS || now - created >= (kind === "half" ? HALF_MS : WHOLE_MS);
  }

  #save(): Promise<void> {
    const rows = [...this.#all].map(
      ([digest, { member, kind, created }]) => [digest, { member, kind, created }] as const,
    );
    return this.#team.write("desk_sessions", Object.fromEntries(rows));
  }
}

function fresh(digest: string, member: string, kind: SessionKind, created: number): Session {
  return { digest, member, kind, created, seen: created, setup: null, renewsUntil: 0, missed: null };
}

function digestOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
