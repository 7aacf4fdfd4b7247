import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { MIGRATIONS, migrate } from "../../src/stores/sqlite/migrations.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { citizen, count, DAY, message, NOW, turn } from "./sample-turn.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const keyring = ephemeralKeyring();

async function openInFolder() {
  const folder = await temporaryFolder();
  const file = join(folder, "citizens.sqlite");
  const store = await openSqliteStore({ file, keyring });
  onTestFinished(() => store.close());
  return { folder, file, store };
}

/** A second look at the file, as somebody with the disk in hand would have. */
function rows(file: string, sql: string): readonly unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

/** The sealed address in the citizen's row, as `bytesOf` shows bytes. */
function addressBytes(file: string, key: string): readonly string[] {
  return rows(file, `SELECT address FROM citizen WHERE key = '${key}'`).flatMap((row) => {
    const address = typeof row === "object" && row !== null && "address" in row ? row.address : undefined;
    return address instanceof Uint8Array ? [Buffer.from(address).toString("latin1")] : [];
  });
}

/** Every byte of every file of a folder. */
async function bytesOf(folder: string): Promise<string> {
  const files = (await readdir(folder)).map((name) => readFile(join(folder, name), "latin1"));
  return (await Promise.all(files)).join("");
}

function scalar(file: string, pragma: string): unknown {
  const row: unknown = rows(file, `PRAGMA ${pragma}`)[0];
  return typeof row === "object" && row !== null ? Object.values(row)[0] : undefined;
}

describe("the SQLite file", () => {
  test("is readable by its owner only, with the files beside it", async () => {
    const { folder, store } = await openInFolder();
    await store.commit(turn("lan", "1"));
    const files = await readdir(folder);
    expect(files.toSorted()).toEqual(["citizens.sqlite", "citizens.sqlite-shm", "citizens.sqlite-wal"]);
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  test("is set up to give deleted pages back and to survive a crash", async () => {
    const { file } = await openInFolder();
    expect(scalar(file, "auto_vacuum")).toBe(2);
    expect(scalar(file, "journal_mode")).toBe("wal");
  });

  test("holds addresses and waiting messages sealed, and drops a referral's address when it is closed", async () => {
    const { file, store } = await openInFolder();
    const refer = (open: boolean) => ({ address: "chat 42", referrals: [{ service: "a-service", open }] });
    await store.commit(turn("lan", "1", { ...refer(true), messages: [message("lời nhắn riêng")] }));
    const held = JSON.stringify(rows(file, "SELECT cast(address AS TEXT) FROM citizen"));
    expect(held).not.toContain("chat 42");
    expect(rows(file, "SELECT opened, closed, address IS NULL AS gone FROM referral")).toEqual([
      { opened: "2025-11-15", closed: null, gone: 0 },
    ]);
    await store.commit(turn("lan", "2", { ...refer(false), at: NOW + DAY }));
    expect(rows(file, "SELECT opened, closed, address IS NULL AS gone FROM referral")).toEqual([
      { opened: "2025-11-15", closed: "2025-11-16", gone: 1 },
    ]);
    await store.commit(turn("lan", "3", { session: null }));
    expect(rows(file, "SELECT * FROM referral")).toEqual([]);
  });

  test("learns of a delivery although no turn follows", async () => {
    const { file, store } = await openInFolder();
    await store.commit(turn("lan", "1", { messages: [message("một")] }));
    await store.delivered(citizen("lan"), 1);
    await vi.waitFor(() => expect(rows(file, "SELECT * FROM outbox")).toEqual([]), 5_000);
  });

  test("empties its log soon after somebody was forgotten", async () => {
    const { file, store } = await openInFolder();
    await store.commit(turn("lan", "1"));
    await store.commit(turn("lan", "2", { session: null }));
    await vi.waitFor(async () => expect((await stat(`${file}-wal`)).size).toBe(0), 5_000);
  });

  test("holds nothing of a forgotten citizen's chat: neither its address nor the names of its messages", async () => {
    const { folder, file, store } = await openInFolder();
    const chat = (name: string) => ({ address: `chat of ${name}`, trail: [`in-${name}`], messages: [message("một")] });
    for (const name of ["lan", "minh"]) {
      await store.commit(turn(name, "1", chat(name)));
      await store.settle(citizen(name), 1, { trail: [`out-${name}`], at: NOW, counts: [] });
    }
    const secrets = [citizen("lan"), "in-lan", "out-lan", ...addressBytes(file, citizen("lan"))];
    for (const secret of secrets) expect(await bytesOf(folder)).toContain(secret);
    await store.commit(turn("lan", "2", { session: null }));
    await vi.waitFor(async () => expect((await stat(`${file}-wal`)).size).toBe(0), 5_000);
    for (const secret of secrets) expect(await bytesOf(folder)).not.toContain(secret);
    expect(await bytesOf(folder)).toContain("out-minh");
  });

  test("writes turns and settlings that arrive together with one commit", async () => {
    const { file, store } = await openInFolder();
    const settle = () => store.settle(citizen("lan"), 0, { trail: [], at: NOW, counts: [count("sent")] });
    await store.purge(NOW);
    await Promise.all(
      Array.from({ length: 64 }, (_, n) => Promise.all([store.commit(turn("lan", `a ${n}`)), settle()])),
    );
    const together = (await stat(`${file}-wal`)).size;
    await store.purge(NOW);
    for (let n = 0; n < 64; n++) {
      await store.commit(turn("lan", `b ${n}`));
      await settle();
    }
    expect((await stat(`${file}-wal`)).size).toBeGreaterThan(10 * together);
  });
});

describe("after a purge", () => {
  const PEOPLE = 1_500;

  test("no byte of the folder tells of those who are gone", async () => {
    const { folder, store } = await openInFolder();
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: PEOPLE }, (_, n) => store.commit(planted(n, round))));
    }
    const forgotten = Array.from({ length: PEOPLE / 3 }, (_, n) => turn(`person ${n * 3}`, "bye", { session: null }));
    await Promise.all(forgotten.map((one) => store.commit(one)));
    expect(await store.purge(NOW)).toBe(PEOPLE / 3);
    const remains = await plantedIn(folder);
    expect([...remains].filter((n) => n % 3 !== 2)).toEqual([]);
    expect(remains.size).toBe(PEOPLE / 3);
  });

  /** Person 0, 3, 6 … asks to be forgotten, 1, 4, 7 … expires, 2, 5, 8 … stays. */
  function planted(n: number, round: number) {
    const phrase = `planted-${n}-`;
    return turn(`person ${n}`, `${phrase}${round}`, {
      session: { phrase: phrase.repeat(1 + ((n * 7 + round * 13) % 30)) },
      address: phrase,
      messages: [message(phrase)],
      trail: [`${phrase}${round}`],
      referrals: [{ service: phrase, open: true }],
      expiresAt: n % 3 === 1 ? NOW : NOW + DAY,
    });
  }

  async function plantedIn(folder: string): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), "latin1");
      for (const match of text.matchAll(/planted-(\d+)-/g)) found.add(Number(match[1]));
    }
    return found;
  }

  test("the file is small again", async () => {
    const { file, store } = await openInFolder();
    const empty = (await store.size()).bytes;
    const turns = Array.from({ length: 2_000 }, (_, n) => turn(`person ${n}`, "1", { expiresAt: NOW }));
    await Promise.all(turns.map((one) => store.commit(one)));
    expect((await store.size()).bytes).toBeGreaterThan(4 * empty);
    expect(await store.purge(NOW)).toBe(2_000);
    expect((await store.size()).bytes).toBe(empty);
    expect((await stat(`${file}-wal`)).size).toBe(0);
  });
});

describe("formats", () => {
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
