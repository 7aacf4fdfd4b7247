import { chmod, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DATABASE_FILE } from "../../src/commands/app.ts";
import { examineFolder } from "../../src/commands/doctor/data-folder.ts";
import { openDataFolder } from "../../src/stores/data-folder.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { bytesIn, makeFolder, removeFolder } from "../system/folder.ts";

const NOW = Date.parse("2026-11-23T09:00:00+07:00");

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

const database = () => join(folder, DATABASE_FILE);

/** A folder as a bot leaves it. */
async function usedFolder(): Promise<void> {
  const keyring = await openKeyring(folder);
  await (await openSqliteStore({ file: database(), keyring })).close();
}

async function outcomes(path = folder): Promise<readonly string[]> {
  return (await examineFolder(path, NOW)).findings.map(({ outcome }) => outcome);
}

function change(sql: string): void {
  const open = new DatabaseSync(database());
  open.exec(sql);
  open.close();
}

test("a folder that a bot left is in order, and stays as it was", async () => {
  await usedFolder();
  const before = [...(await bytesIn(folder)).keys()].sort();
  expect(await outcomes()).toEqual(["folder.ok", "space.ok", "running.no", "keys.ok", "store.ok", "waiting.none"]);
  const extra = [...(await bytesIn(folder)).keys()].filter(
    (file) => !before.includes(file) && !/-(?:wal|shm)$/.test(file),
  );
  expect(extra).toEqual([]);
});

test("a folder nobody used yet needs nothing, and one that is not there is not made", async () => {
  expect(await outcomes()).toEqual(["folder.ok", "space.ok", "running.no", "keys.new", "store.new"]);
  const none = join(folder, "data", "deeper");
  expect(await outcomes(none)).toEqual(["folder.absent"]);
  expect((await bytesIn(folder)).size).toBe(0);
});

test("a file in the folder's place cannot be used", async () => {
  await writeFile(join(folder, "data"), "");
  expect(await outcomes(join(folder, "data"))).toEqual(["folder.unusable"]);
});

test("a running bot is noticed and not disturbed", async () => {
  await usedFolder();
  const claim = await openDataFolder(folder);
  expect(await outcomes()).toContain("running.yes");
  await claim.close();
  expect(await outcomes()).toContain("running.no");
});

test("folder and keys that others can read are named", async () => {
  await usedFolder();
  await chmod(folder, 0o755);
  await chmod(join(folder, "keys.json"), 0o644);
  const found = await outcomes();
  expect(found).toContain("folder.open");
  expect(found).toContain("keys.open");
});

test("keys that are lost, damaged or of another database are told apart", async () => {
  await usedFolder();
  await rm(join(folder, "keys.json"));
  expect(await outcomes()).toContain("keys.missing");
  await openKeyring(folder);
  expect(await outcomes()).toContain("store.other-keys");
  await writeFile(join(folder, "keys.json"), "{}");
  expect(await outcomes()).toContain("keys.broken");
});

test("a database of a newer or older An Tâm, or of none, is told apart", async () => {
  await usedFolder();
  change("PRAGMA user_version = 1");
  expect(await outcomes()).toContain("store.older");
  change("PRAGMA user_version = 9999");
  expect(await outcomes()).toContain("store.newer");
  await writeFile(database(), "not a database at all, but long enough to be taken for the head of one".repeat(20));
  expect(await outcomes()).toContain("store.broken");
});

test("messages that wait are counted, and after a while they are a matter for somebody", async () => {
  await usedFolder();
  const minutesAgo = (minutes: number) => NOW - minutes * 60_000;
  change(`
    INSERT INTO citizen VALUES (1, 'k', 'telegram', 2, ${minutesAgo(2)}, NULL, ${NOW}, x'00', '{}');
    INSERT INTO citizen VALUES (2, 'w', 'web', 1, ${minutesAgo(90)}, NULL, ${NOW}, NULL, '{}');
    INSERT INTO outbox VALUES (1, 1, x'00'), (1, 2, x'00'), (2, 1, x'00');`);
  const { findings } = await examineFolder(folder, NOW);
  expect(findings.at(-1)).toEqual({ outcome: "waiting.some", params: { count: "2", minutes: "2" } });
  const later = await examineFolder(folder, NOW + 60 * 60_000);
  expect(later.findings.at(-1)).toEqual({ outcome: "waiting.long", params: { count: "2", minutes: "62" } });
});
