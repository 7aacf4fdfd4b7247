import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { citizen, count, DAY, message, NOW, subscriber, turn } from "./sample-turn.ts";
import { openInFolder, rows, scalar } from "./sqlite-inside.ts";

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

describe("the ledger in the file", () => {
  test("holds rows of small numbers only, and nobody's once they are forgotten", async () => {
    const { file, store } = await openInFolder();
    for (const name of ["lan", "minh"]) await store.commit(subscriber(name));
    await store.ledger.begin("tet", NOW);
    await store.ledger.plan("tet", 10, () => "planned");
    const held = "SELECT citizen, channel, state FROM ledger";
    expect(rows(file, held)).toEqual([1, 2].map((id) => ({ citizen: id, channel: "telegram", state: "planned" })));
    await store.commit({ ...subscriber("lan", {}, "bye"), session: null });
    expect(rows(file, held)).toEqual([{ citizen: 2, channel: "telegram", state: "planned" }]);
    expect(rows(file, "SELECT * FROM ledger_gone")).toEqual([
      { run: 1, channel: "telegram", state: "skipped", why: "unsubscribed", n: 1 },
    ]);
  });

  test("keeps no row of a run that ended seven days ago, in steps that let others work", async () => {
    const { file, store } = await openInFolder();
    const many = Array.from({ length: 4_100 }, (_, n) => `citizen ${n}`);
    await Promise.all(many.map((name) => store.commit(subscriber(name))));
    for (const run of ["one", "two"]) {
      await store.ledger.begin(run, NOW);
      await store.ledger.plan(run, 5_000, () => "planned");
      await store.ledger.close(run, "aborted", NOW);
    }
    const purging = store.purge(NOW + 7 * DAY + 1);
    await store.commit(subscriber("new"));
    await purging;
    expect(rows(file, "SELECT * FROM ledger")).toEqual([]);
    expect(rows(file, "SELECT run, n FROM ledger_gone")).toEqual([1, 2].map((run) => ({ run, n: 4_100 })));
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
