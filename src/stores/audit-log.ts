import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Audit, AuditEntry } from "../desk/audit.ts";
import { StoreError } from "../errors.ts";
import { createPrivateFile, flushFolder, hasCode, PRIVATE_FILE } from "./durable-files.ts";
import { linesBackwards, linesForwards } from "./file-lines.ts";

/** The audit trail as a file of JSON lines, for its owner only; every line carries the SHA-256 of the line before. */
export interface AuditLog extends Audit {
  /**
   * Number of the first line, from 1, that was changed, moved, put in or follows one taken out; null: there is none.
   * It cannot tell when lines were cut off at the end: compare with a copy kept elsewhere.
   */
  verify(): Promise<number | null>;
}

/**
 * Reads and verifies beside a running bot; only one process may note. Entries noted together share one flush and keep
 * their order; no two have the same time. Half a line that a crash left is put into `<name>.torn-<n>` before the next
 * entry is written. Every promise rejects with `StoreError` when the file cannot be used.
 */
export function createAuditLog(path: string, now: () => number): AuditLog {
  const append = createAppender(path, now);
  return {
    note: createNotes((entries) => naming(path, "written", () => append(entries))),
    read: (most, before = Number.POSITIVE_INFINITY) => naming(path, "read", () => newest(path, most, before)),
    verify: () => naming(path, "read", () => firstMisfit(path)),
  };
}

type Noted = Omit<AuditEntry, "at">;

/** What the next line has to follow. */
interface Tail {
  readonly digest: string;
  readonly at: number;
}

const NOTHING_YET: Tail = { digest: "", at: 0 };
/** Entries of the same moment are told apart by a millisecond each; a clock set back further is believed. */
const SAME_MOMENT_MS = 1_000;

const Line = z.strictObject({
  at: z.number(),
  who: z.string(),
  name: z.string(),
  via: z.enum(["web", "command"]),
  action: z.string(),
  subject: z.string(),
  place: z.string().exactOptional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** SHA-256 of the line before, base64url; empty in the first line. */
  prev: z.string(),
});

/** Everything that comes while a flush is on its way goes into the next one. */
function createNotes(append: (entries: readonly Noted[]) => Promise<void>): Audit["note"] {
  const waiting: { entry: Noted; done: () => void; failed: (cause: unknown) => void }[] = [];
  let busy = false;

  async function flush(): Promise<void> {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      await append(batch.map(({ entry }) => entry)).then(
        () => batch.forEach(({ done }) => void done()),
        (cause: unknown) => batch.forEach(({ failed }) => void failed(cause)),
      );
    }
    busy = false;
  }
  return (entry) =>
    new Promise((done, failed) => {
      waiting.push({ entry: structuredClone(entry), done, failed });
      void flush();
    });
}

/** Calls must not overlap. After a failure the end of the file is looked at anew. */
function createAppender(path: string, now: () => number): (entries: readonly Noted[]) => Promise<void> {
  let known: Tail | null = null;
  return async (entries) => {
    let tail = known ?? (await mendedTail(path));
    known = null;
    const lines = entries.map((entry) => {
      const at = momentAfter(tail.at, now());
      const line = JSON.stringify({ at, ...entry, prev: tail.digest });
      tail = { digest: digestOf(line), at };
      return `${line}\n`;
    });
    await appendFlushed(path, lines.join(""));
    known = tail;
  };
}

function momentAfter(last: number, now: number): number {
  return now > last || last - now > SAME_MOMENT_MS ? now : last + 1;
}

/** The last whole line; what stands behind it is put aside first. */
async function mendedTail(path: string): Promise<Tail> {
  const file = await openIfThere(path, "r+");
  if (file === null) return NOTHING_YET;
  try {
    const { value: last } = await linesBackwards(file).next();
    const end = last?.end ?? 0;
    await setTornAside(file, path, end);
    if (last === undefined) return NOTHING_YET;
    return { digest: digestOf(last.text), at: entryOf(last.text)?.at ?? 0 };
  } finally {
    await file.close();
  }
}

async function setTornAside(file: FileHandle, path: string, end: number): Promise<void> {
  const { size } = await file.stat();
  if (size === end) return;
  const torn = Buffer.alloc(size - end);
  await file.read(torn, 0, torn.length, end);
  await keepBeside(path, torn);
  await file.truncate(end);
  await file.sync();
}

async function keepBeside(path: string, torn: Buffer): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      return await createPrivateFile(`${path}.torn-${n}`, torn.toString("utf8"));
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

async function appendFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, "a", PRIVATE_FILE);
  try {
    const { size } = await file.stat();
    await file.appendFile(text);
    await file.sync();
    if (size === 0) await flushFolder(dirname(path));
  } finally {
    await file.close();
  }
}

async function newest(path: string, most: number, before: number): Promise<readonly AuditEntry[]> {
  const file = await openIfThere(path, "r");
  if (file === null) return [];
  try {
    const found: AuditEntry[] = [];
    for await (const { text } of linesBackwards(file)) {
      if (found.length >= most) break;
      const entry = entryOf(text);
      if (entry !== null && entry.at < before) found.push(entry);
    }
    return found;
  } finally {
    await file.close();
  }
}

async function firstMisfit(path: string): Promise<number | null> {
  const file = await openIfThere(path, "r");
  if (file === null) return null;
  try {
    let number = 0;
    let expected = NOTHING_YET.digest;
    for await (const text of linesForwards(file)) {
      number++;
      if (parsed(text)?.prev !== expected) return number;
      expected = digestOf(text);
    }
    return null;
  } finally {
    await file.close();
  }
}

function entryOf(text: Buffer): AuditEntry | null {
  const line = parsed(text);
  if (line === null) return null;
  const { prev: _, ...entry } = line;
  return entry;
}

/** Null for what is no line of this log. */
function parsed(text: Buffer): z.infer<typeof Line> | null {
  try {
    return Line.safeParse(JSON.parse(text.toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}

function digestOf(line: string | Buffer): string {
  return createHash("sha256").update(line).digest("base64url");
}

async function openIfThere(path: string, flags: "r" | "r+"): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

async function naming<T>(path: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const message = `The audit trail ${path} cannot be ${action}. Check its owner and the free space.`;
    throw new StoreError(message, { cause });
  }
}
