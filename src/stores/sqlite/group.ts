import type { DatabaseSync } from "node:sqlite";

/** Changes that arrive during one round of the event loop, written together with one flush. */
export interface WriteGroup {
  /**
   * Resolves with what `change` gave back once that is on disk. A change that throws is undone and rejects alone.
   * It may be called again when its neighbours' transaction is undone.
   */
  add<T>(change: () => T): Promise<T>;
  /** Writes what is waiting now, if anything is. */
  flush(): void;
}

export interface GroupOptions {
  readonly database: DatabaseSync;
  /** Runs first in every transaction. May run again when that transaction is undone. */
  readonly before: () => void;
  /** Runs once a transaction is on disk. Must not throw. */
  readonly after: () => void;
}

/** How many changes may share a flush: keeps the event loop free for others. */
const LARGEST_GROUP = 256;

export function openGroup(options: GroupOptions): WriteGroup {
  let waiting: Job[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  function round(): void {
    scheduled = undefined;
    const jobs = waiting.splice(0, LARGEST_GROUP);
    if (waiting.length > 0) scheduled = setImmediate(round);
    if (jobs.length > 0) write(options, jobs);
  }
  return {
    add: (change) =>
      new Promise((resolve, reject) => {
        waiting.push({ apply: () => resolving(resolve, change()), reject });
        scheduled ??= setImmediate(round);
      }),
    flush() {
      clearImmediate(scheduled);
      scheduled = undefined;
      const jobs = waiting;
      waiting = [];
      write(options, jobs);
    },
  };
}

interface Job {
  /** Makes the change. */
  readonly apply: () => Answer;
  readonly reject: (error: unknown) => void;
}

/** Tells the caller how it went; called once the transaction is over. */
type Answer = () => void;

/** All changes in one transaction; only when that fails, again with a savepoint around each. */
function write(options: GroupOptions, jobs: readonly Job[]): void {
  let answers: readonly Answer[];
  try {
    answers = transaction(options, jobs, (job) => job.apply());
  } catch {
    answers = writeApart(options, jobs);
  }
  for (const answer of answers) answer();
}

function writeApart(options: GroupOptions, jobs: readonly Job[]): readonly Answer[] {
  try {
    return transaction(options, jobs, (job) => withSavepoint(options.database, job));
  } catch (error) {
    return jobs.map((job) => () => job.reject(error));
  }
}

function transaction(options: GroupOptions, jobs: readonly Job[], one: (job: Job) => Answer): readonly Answer[] {
  const { database } = options;
  database.exec("BEGIN IMMEDIATE");
  try {
    options.before();
    const answers = jobs.map(one);
    database.exec("COMMIT");
    options.after();
    return answers;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** A failure of the disk ends the whole transaction, and then no neighbour can be saved either. */
function withSavepoint(database: DatabaseSync, job: Job): Answer {
  database.exec("SAVEPOINT change");
  try {
    const answer = job.apply();
    database.exec("RELEASE change");
    return answer;
  } catch (error) {
    if (!database.isTransaction) throw error;
    database.exec("ROLLBACK TO change; RELEASE change");
    return () => job.reject(error);
  }
}

function resolving<T>(resolve: (value: T) => void, value: T): Answer {
  return () => resolve(value);
}
