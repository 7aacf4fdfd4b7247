import type { DatabaseSync } from "node:sqlite";
import type { ApplyTurn, PreparedTurn, Receipt } from "./turns.ts";

/** Turns that arrive during one round of the event loop, written together with one flush. */
export interface CommitGroup {
  /** Resolves once the turn is on disk; a turn that cannot be written rejects alone. */
  add(prepared: PreparedTurn): Promise<Receipt>;
  /** Writes what is waiting now, if anything is. */
  flush(): void;
}

export interface GroupOptions {
  readonly database: DatabaseSync;
  readonly apply: ApplyTurn;
  /** Runs first in every transaction. May run again when that transaction is undone. */
  readonly before: () => void;
  /** Runs once a transaction is on disk. Must not throw. */
  readonly after: () => void;
}

/** How many turns may share a flush: keeps the event loop free for others. */
const LARGEST_GROUP = 256;

export function openGroup(options: GroupOptions): CommitGroup {
  let waiting: Job[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  function round(): void {
    scheduled = undefined;
    const jobs = waiting.splice(0, LARGEST_GROUP);
    if (waiting.length > 0) scheduled = setImmediate(round);
    if (jobs.length > 0) write(options, jobs);
  }
  return {
    add: (prepared) =>
      new Promise((resolve, reject) => {
        waiting.push({ prepared, resolve, reject });
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
  readonly prepared: PreparedTurn;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Settles the job's promise; called once the transaction is over. */
type Settle = () => void;

/** All turns in one transaction; only when that fails, again with a savepoint around each. */
function write(options: GroupOptions, jobs: readonly Job[]): void {
  let settlements: readonly Settle[];
  try {
    settlements = transaction(options, jobs, (job) => resolving(job, options.apply(job.prepared)));
  } catch {
    settlements = writeApart(options, jobs);
  }
  for (const settle of settlements) settle();
}

function writeApart(options: GroupOptions, jobs: readonly Job[]): readonly Settle[] {
  try {
    return transaction(options, jobs, (job) => withSavepoint(options, job));
  } catch (error) {
    return jobs.map((job) => () => job.reject(error));
  }
}

function transaction(options: GroupOptions, jobs: readonly Job[], one: (job: Job) => Settle): readonly Settle[] {
  const { database } = options;
  database.exec("BEGIN IMMEDIATE");
  try {
    options.before();
    const settlements = jobs.map(one);
    database.exec("COMMIT");
    options.after();
    return settlements;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** A failure of the disk ends the whole transaction, and then no neighbour can be saved either. */
function withSavepoint({ database, apply }: GroupOptions, job: Job): Settle {
  database.exec("SAVEPOINT turn");
  try {
    const receipt = apply(job.prepared);
    database.exec("RELEASE turn");
    return resolving(job, receipt);
  } catch (error) {
    if (!database.isTransaction) throw error;
    database.exec("ROLLBACK TO turn; RELEASE turn");
    return () => job.reject(error);
  }
}

function resolving(job: Job, receipt: Receipt): Settle {
  return () => job.resolve(receipt);
}
