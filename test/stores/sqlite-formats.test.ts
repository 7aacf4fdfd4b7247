import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { MIGRATIONS, migrate } from "../../src/stores/sqlite/migrations.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { count, DAY, NOW } from "./sample-turn.ts";
import { keyring, openInFolder, rows, scalar } from "./sqlite-inside.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("formats", () => {
  /** Every table and index with its columns. */
  function columns(file: string): readonly unknown[] {
    const indexed = "SELECT i.name, c.name AS part FROM sqlite_schema i, pragma_index_info(i.name) c";
    const held = `SELECT t.name, c.name || ' ' || c.type || c."notnull" || c.pk FROM sqlite_schema t, pragma_table_info(t.name) c`;
    return rows(file, `${held} UNION ALL ${indexed} ORDER BY 1, 2`);
  }

  async function openOlder(format: string) {
    const file = join(await temporaryFolder(), "citizens.sqlite");
    const older = new DatabaseSync(file);
    older.exec(await readFile(join(import.meta.dirname, "formats", format), "utf8"));
    older.close();
    const store = await openSqliteStore({ file, keyring });
    onTestFinished(() => store.close());
    return { file, store };
  }

  test("a database of format 1 opens with all it holds", async () => {
    const { file, store } = await openOlder("001.sql");
    const [someone] = await store.due(NOW + DAY, 10);
    const key = someone?.key ?? expect.fail("nobody is due");
    expect(await store.load(key, "input 3")).toEqual({ session: { v: 1 }, seq: 3, seen: true });
    expect(await store.counts("2025-11-15", "2025-11-15")).toEqual([{ ...count("right"), n: 7 }]);
    expect(await store.submissions()).toEqual([{ box: "feedback", day: "2025-11-15", text: "Cảm ơn chương trình" }]);
    expect(scalar(file, "user_version")).toBe(MIGRATIONS.length);
  });

  test("a database of format 2 opens with the trails it holds", async () => {
    const { store } = await openOlder("002.sql");
    const [someone] = await store.due(NOW + DAY, 10);
    const key = someone?.key ?? expect.fail("nobody is due");
    expect(await store.load(key, "input 3")).toEqual({ session: { v: 1 }, seq: 3, seen: true });
    expect(await store.trail(key, 0)).toEqual(["41", "43", "42"]);
  });

  test("a database of format 3 opens with the ledger it holds", async () => {
    const { store } = await openOlder("003.sql");
    const [someone] = await store.due(NOW + DAY, 10);
    const key = someone?.key ?? expect.fail("nobody is due");
    expect((await store.ledger.runs()).map(({ run, closed }) => [run, closed?.as])).toEqual([
      ["opening", undefined],
      ["before", "done"],
    ]);
    expect(await store.ledger.next("opening", "telegram", NOW, 10)).toEqual([
      { key, channel: "telegram", address: null },
    ]);
    expect(await store.ledger.tally("opening")).toEqual([
      { channel: "telegram", state: "failed", why: "busy", n: 1 },
      { channel: "telegram", state: "planned", why: "", n: 1 },
      { channel: "telegram", state: "sent", why: "", n: 2 },
    ]);
    expect(await store.ledger.tally("before")).toEqual([{ channel: "web", state: "sent", why: "", n: 9 }]);
  });

  test("the newest format is the one that is kept here", async () => {
    const kept = await readdir(join(import.meta.dirname, "formats"));
    expect(kept.length).toBe(MIGRATIONS.length);
    const { file } = await openInFolder();
    const older = await openOlder(kept.toSorted().at(-1) ?? "");
    expect(columns(older.file)).toEqual(columns(file));
  });

  test("only the steps that are missing are taken, each as a whole", () => {
    const database = new DatabaseSync(":memory:");
    const steps = ["CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO b VALUES (1)"];
    migrate(database, steps.slice(0, 1));
    migrate(database, steps);
    migrate(database, steps);
    expect(database.prepare("SELECT count(*) AS n FROM b").get()).toEqual({ n: 1 });
    expect(() => migrate(database, [...steps, "CREATE TABLE c (x); CREATE TABLE a (x)"])).toThrow();
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'c'").all()).toEqual([]);
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 2 });
  });

  test("a newer database is refused, saying what to do, and left as it is", async () => {
    const { file, store } = await openInFolder();
    await store.close();
    const newer = new DatabaseSync(file);
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    const error = await openSqliteStore({ file, keyring }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toMatch(/format 99.*Start the newer version/);
    expect(scalar(file, "user_version")).toBe(99);
  });

  test("what is not our database is refused", async () => {
    const folder = await temporaryFolder();
    const noDatabase = join(folder, "notes.sqlite");
    await writeFile(noDatabase, "danh sách việc cần làm\n".repeat(100));
    await expect(openSqliteStore({ file: noDatabase, keyring })).rejects.toBeInstanceOf(StoreError);
    const foreign = join(folder, "foreign.sqlite");
    const database = new DatabaseSync(foreign);
    database.exec("CREATE TABLE citizen (x)");
    database.close();
    await expect(openSqliteStore({ file: foreign, keyring })).rejects.toThrow("belongs to another program");
  });

  test("a database of other keys is refused", async () => {
    const { file, store } = await openInFolder();
    await store.close();
    const error = await openSqliteStore({ file, keyring: ephemeralKeyring() }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain("keys.json");
  });
});
