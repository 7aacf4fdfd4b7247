import type { Actor } from "../access.ts";
import { DeskProblem } from "../problem.ts";

/** What one person writes and another releases. */
interface Reviewed {
  readonly state: "draft" | "submitted" | "released" | "cancelled";
  readonly writers: readonly string[];
  readonly remark?: string | undefined;
  readonly changedAt: number;
}

interface Drafted {
  readonly state: "draft";
  readonly author: string;
  readonly writers: string[];
  readonly remark?: string;
  readonly changedAt: number;
}

/** The marks of something that somebody wrote just now: a draft, whatever it was before. */
export function drafted(before: Reviewed | undefined, by: Actor, now: number): Drafted {
  const since = before === undefined || before.state === "released" ? [] : before.writers;
  return {
    state: "draft",
    author: by.id,
    writers: [...new Set([...since, by.id])],
    ...(before?.remark !== undefined && { remark: before.remark }),
    changedAt: now,
  };
}

/** Throws `DeskProblem` conflict unless it is a draft. */
export function submitted(it: Reviewed, now: number) {
  demandState(it, "draft");
  return { state: "submitted", remark: undefined, changedAt: now } as const;
}

/** Throws `DeskProblem` conflict unless it was submitted. */
export function returned(it: Reviewed, remark: string, now: number) {
  demandState(it, "submitted");
  return { state: "draft", remark, changedAt: now } as const;
}

/** Throws `DeskProblem`: conflict unless it was submitted; second-person for all who wrote it. */
export function released(it: Reviewed, by: Actor, now: number) {
  demandState(it, "submitted");
  if (it.writers.includes(by.id)) throw new DeskProblem("second-person");
  return { state: "released", releasedBy: by.id, changedAt: now } as const;
}

/** `seen`: when the version that the person has before them was changed. Throws `DeskProblem` conflict for an older one. */
export function demandSeen(it: Reviewed | undefined, seen: number | undefined): void {
  if (it !== undefined && seen !== undefined && it.changedAt !== seen) throw new DeskProblem("conflict");
}

function demandState({ state }: Reviewed, wanted: Reviewed["state"]): void {
  if (state !== wanted) throw new DeskProblem("conflict");
}
