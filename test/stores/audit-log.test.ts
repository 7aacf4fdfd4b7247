import { appendFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../src/desk/audit.ts";
import { StoreError } from "../../src/errors.ts";
import { createAuditLog } from "../../src/stores/audit-log.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const START = Date.UTC(2026, 10, 15);

async function freshLog() {
  const folder = await temporaryFolder();
  const path = join(folder, "audit.jsonl");
  const clock = { now: START };
  const open = () => createAuditLog(path, () => clock.now);
  return { folder, path, clock, open, log: open() };
}

function entry(n: number): Omit<AuditEntry, "at"> {
  const who = { who: "lan", name: "Vũ Thị Lan", via: "web" } as const;
  return { ...who, action: "staff.change", subject: `member-${n}`, before: { n }, after: { text: "dòng\nmới\u2028" } };
}

/** A log with so many entries, a second apart. */
async function filledLog(count: number) {
  const fresh = await freshLog();
  for (let n = 1; n <= count; n++) {
    fresh.clock.now = START + n * 1_000;
    await fresh.log.note(entry(n));
  }
  return fresh;
}

function subjects(entries: readonly AuditEntry[]): readonly string[] {
  return entries.map(({ subject }) => subject);
}

describe("the audit trail", () => {
  test("is empty before anything happened", async () => {
    const { log, folder } = await freshLog();
    expect(await log.read(10)).toEqual([]);
    expect(await log.verify()).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  test("is read newest first, in pages, by whoever opens it", async () => {
    const { open } = await filledLog(5);
    const log = open();
    const page = await log.read(2);
    expect(page[0]).toEqual({ at: START + 5_000, ...entry(5) });
    expect(subjects(page)).toEqual(["member-5", "member-4"]);
    expect(subjects(await log.read(2, page.at(-1)?.at))).toEqual(["member-3", "member-2"]);
    expect(subjects(await log.read(2, START + 2_000))).toEqual(["member-1"]);
    expect(await log.read(2, START)).toEqual([]);
  });

  test("is a file of JSON lines for its owner only, each with the digest of the one before", async () => {
    const { path, log, open } = await filledLog(2);
    await open().note(entry(3));
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const links = lines.map((line) => /"prev":"([\w-]*)"}$/.exec(line)?.[1]);
    expect(links[0]).toBe("");
    expect(links.slice(1)).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await log.verify()).toBeNull();
  });

  test("keeps the order of entries of the same moment, and tells them apart", async () => {
    const { log } = await freshLog();
    await Promise.all(Array.from({ length: 200 }, (_, n) => log.note(entry(n))));
    const all = await log.read(1_000);
    expect(subjects(all).toReversed()).toEqual(Array.from({ length: 200 }, (_, n) => `member-${n}`));
    const pages: string[] = [];
    for (let page = await log.read(7); page.length > 0; page = await log.read(7, page.at(-1)?.at)) {
      pages.push(...subjects(page));
    }
    expect(pages).toEqual(subjects(all));
    expect(await log.verify()).toBeNull();
  });

  test("believes a clock that was set right", async () => {
    const { log, clock } = await filledLog(1);
    clock.now = START - 3_600_000;
    await log.note(entry(2));
    expect((await log.read(1))[0]?.at).toBe(START - 3_600_000);
  });

  test("keeps no hand on what it was given", async () => {
    const { log } = await freshLog();
    const after = { roles: ["author"] };
    const noted = Promise.all([log.note(entry(1)), log.note({ ...entry(2), after })]);
    after.roles.push("admin");
    await noted;
    expect((await log.read(1))[0]?.after).toEqual({ roles: ["author"] });
  });

  test("is read from its end although lines are longer than what is read at once", async () => {
    const { log, path } = await filledLog(2);
    const long = "ắ".repeat(60_000);
    await log.note({ ...entry(3), after: long });
    await log.note(entry(4));
    expect((await stat(path)).size).toBeGreaterThan(180_000);
    expect((await log.read(2))[1]?.after).toBe(long);
    expect(subjects(await log.read(9))).toEqual(["member-4", "member-3", "member-2", "member-1"]);
    expect(await log.verify()).toBeNull();
  });
});

describe("a changed trail", () => {
  test.each([
    ["a line that was changed", 3, (lines: string[]) => lines.with(1, lines[1]?.replace("Lan", "Mai") ?? "")],
    ["a line that was taken out", 3, (lines: string[]) => lines.toSpliced(2, 1)],
    ["two lines that changed places", 2, ([a = "", b = "", c = "", ...rest]: string[]) => [a, c, b, ...rest]],
    ["a line that was put in", 4, (lines: string[]) => lines.toSpliced(2, 0, lines[2] ?? "")],
    ["something that is no entry", 5, (lines: string[]) => lines.with(4, "{}")],
    ["a first line that is gone", 1, (lines: string[]) => lines.slice(1)],
  ])("is noticed: %s", async (_, line, change) => {
    const { path, log } = await filledLog(5);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    await writeFile(path, `${change(lines).join("\n")}\n`);
    expect(await log.verify()).toBe(line);
    expect((await log.read(10)).length).toBeGreaterThan(3);
  });
});

describe("after a crash", () => {
  test("half a line is put aside before the next entry, and nothing else is lost", async () => {
    const { folder, path, open } = await filledLog(2);
    await appendFile(path, '{"at":1763164803000,"who":"lan","na');
    const log = open();
    expect(subjects(await log.read(10))).toEqual(["member-2", "member-1"]);
    expect(await log.verify()).toBeNull();
    expect(await readdir(folder)).toEqual(["audit.jsonl"]);
    await log.note(entry(3));
    expect(subjects(await log.read(10))).toEqual(["member-3", "member-2", "member-1"]);
    expect(await readFile(`${path}.torn-1`, "utf8")).toBe('{"at":1763164803000,"who":"lan","na');
    expect(await log.verify()).toBeNull();
    await appendFile(path, "\0\0\0");
    await open().note(entry(4));
    expect((await readdir(folder)).toSorted()).toEqual(["audit.jsonl", "audit.jsonl.torn-1", "audit.jsonl.torn-2"]);
    expect(await log.verify()).toBeNull();
  });

  test("a first line that is not whole is put aside too", async () => {
    const { path, log } = await freshLog();
    await writeFile(path, '{"at"');
    await log.note(entry(1));
    expect(subjects(await log.read(10))).toEqual(["member-1"]);
    expect(await log.verify()).toBeNull();
  });
});

describe("a file that cannot be used", () => {
  test("is a StoreError that names it, and entries can be noted again afterwards", async () => {
    const folder = join(await temporaryFolder(), "later");
    const path = join(folder, "audit.jsonl");
    const log = createAuditLog(path, () => START);
    const both = await Promise.allSettled([log.note(entry(1)), log.note(entry(2))]);
    for (const result of both) expect(result).toMatchObject({ status: "rejected", reason: { code: "store_failed" } });
    await mkdir(folder);
    await log.note(entry(3));
    expect(subjects(await log.read(10))).toEqual(["member-3"]);
  });

  test("is said when it is read", async () => {
    const folder = await temporaryFolder();
    const log = createAuditLog(folder, () => START);
    await expect(log.read(1)).rejects.toBeInstanceOf(StoreError);
    await expect(log.verify()).rejects.toThrow(folder);
    await expect(log.note(entry(1))).rejects.toThrow(folder);
  });
});
