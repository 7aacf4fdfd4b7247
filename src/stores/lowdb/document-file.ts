import { link, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Adapter } from "lowdb";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { StoreError } from "../../errors.ts";
import { flushFolder, hasCode, PRIVATE_FILE } from "../durable-files.ts";

export interface Problem {
  readonly file: string;
  /** Where the file was put; empty when it was left where it is. */
  readonly movedTo: string;
  readonly what: string;
}

export interface DocumentFileOptions<T> {
  readonly folder: string;
  /** The file's name without `.json`. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Leaves the folder exactly as it is. */
  readonly readOnly: boolean;
  readonly report: (problem: Problem) => void;
}

/**
 * One document as `<name>.json` with the version before it as `<name>.backup.json`, for lowdb. A file that is not the
 * document is moved to `<name>.broken-<n>.json` and reported, and the backup put in its place if that is good.
 * Calls must not overlap. Rejects with `StoreError` when the folder cannot be read or written.
 */
export function documentFile<T>(options: DocumentFileOptions<T>): Adapter<T | null> {
  const file = join(options.folder, `${options.name}.json`);
  const backup = join(options.folder, `${options.name}.backup.json`);
  return {
    read: () => naming(file, "read", () => read(options, file, backup)),
    write: (value) => naming(file, "written", () => write(options, value, file, backup)),
  };
}

type Content<T> =
  | { readonly kind: "good"; readonly value: T; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "bad"; readonly why: string };

async function read<T>(options: DocumentFileOptions<T>, file: string, backup: string): Promise<T | null> {
  const current = await contentOf(file, options.schema);
  if (current.kind === "good") return current.value;
  const earlier = await contentOf(backup, options.schema);
  if (current.kind === "missing" && earlier.kind === "missing") return null;
  await setAside(options, file, current, earlier.kind === "good" ? "the backup is used" : "nothing is used");
  if (earlier.kind !== "good") {
    await setAside(options, backup, earlier, "nothing is used");
    return null;
  }
  if (!options.readOnly) await replace(file, earlier.text);
  return earlier.value;
}

async function write<T>(options: DocumentFileOptions<T>, value: T | null, file: string, backup: string): Promise<void> {
  if (options.readOnly) throw new StoreError(`${file} was opened for reading only.`);
  const checked = options.schema.safeParse(value);
  if (!checked.success) throw new StoreError(`${options.name} was not saved: ${z.prettifyError(checked.error)}`);
  const current = await contentOf(file, options.schema);
  if (current.kind === "good") await replace(backup, current.text);
  else await setAside(options, file, current, "a new version was written");
  await replace(file, `${JSON.stringify(checked.data, null, 2)}\n`);
}

async function contentOf<T>(path: string, schema: z.ZodType<T>): Promise<Content<T>> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  });
  if (text === null) return { kind: "missing" };
  const json = parsed(text);
  if (json === undefined) return { kind: "bad", why: "not JSON" };
  const checked = schema.safeParse(json);
  if (checked.success) return { kind: "good", value: checked.data, text };
  return { kind: "bad", why: `not the expected document: ${z.prettifyError(checked.error)}` };
}

/** Keeps a bad file under another name, for somebody to look at; a missing one is only reported. */
async function setAside<T>(
  options: DocumentFileOptions<T>,
  path: string,
  content: Content<T>,
  instead: string,
): Promise<void> {
  if (content.kind === "good" || (content.kind === "missing" && instead !== "the backup is used")) return;
  const why = content.kind === "bad" ? content.why : "missing";
  const movedTo = content.kind === "bad" && !options.readOnly ? await moveAside(path, options.name) : "";
  options.report({ file: path, movedTo, what: `${why}; ${instead}` });
}

async function moveAside(path: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const target = join(dirname(path), `${name}.broken-${n}.json`);
    try {
      await link(path, target);
      await rm(path);
      return target;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/** A crash leaves the old text or the new one, never a part; resolves once a power cut cannot undo it. */
async function replace(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text, { mode: PRIVATE_FILE });
  await flushFolder(dirname(path));
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function naming<T>(path: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const message = `${basename(path)} cannot be ${action}. Check the owner and free space of ${dirname(path)}.`;
    throw new StoreError(message, { cause });
  }
}
