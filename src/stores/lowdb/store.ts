import { mkdir } from "node:fs/promises";
import { Low } from "lowdb";
import type { z } from "zod";
import { StoreError } from "../../errors.ts";
import { PRIVATE_FOLDER } from "../durable-files.ts";
import { DOCUMENTS, type DocumentName, type DocumentOf, type TeamStore } from "../team-store.ts";
import { documentFile, type Problem } from "./document-file.ts";

export interface LowdbStoreOptions {
  readonly folder: string;
  /** Neither creates the folder nor writes or moves a file; `write` is refused. For commands beside a running bot. */
  readonly readOnly?: boolean;
}

/** One JSON file for each document, in a folder of its own or among other data. Rejects with `StoreError`. */
export async function openLowdbStore({ folder, readOnly = false }: LowdbStoreOptions): Promise<TeamStore> {
  if (!readOnly) await createFolder(folder);
  const problems = new Map<string, Problem>();
  const report = (problem: Problem) => void problems.set(JSON.stringify(problem), problem);
  const oneAtATime = createQueue();

  function database<N extends DocumentName>(name: N): Low<DocumentOf<N> | null> {
    const schema: z.ZodType<DocumentOf<N>> = schemas[name];
    return new Low<DocumentOf<N> | null>(documentFile({ folder, name, schema, readOnly, report }), null);
  }
  return {
    read: (name) =>
      oneAtATime(async () => {
        const document = database(name);
        await document.read();
        return document.data;
      }),
    write: (name, value) =>
      oneAtATime(() => {
        const document = database(name);
        document.data = value;
        return document.write();
      }),
    problems: () => [...problems.values()],
    close: () => oneAtATime(async () => {}),
  };
}

/** The same table, typed so that a name leads to the schema of its own document. */
const schemas: { readonly [N in DocumentName]: z.ZodType<DocumentOf<N>> } = DOCUMENTS;

async function createFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  } catch (cause) {
    throw new StoreError(`The folder ${folder} cannot be made. Check who owns the one above it.`, { cause });
  }
}

/** Runs tasks one after the other; one that fails does not stop the next. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
