import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { ephemeralKeyring, openKeyring } from "../../src/stores/keyring.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("makes its keys once, for its owner only, and reads them afterwards", async () => {
  const folder = await temporaryFolder();
  const first = await openKeyring(folder);
  const again = await openKeyring(folder);
  expect(again.id).toBe(first.id);
  expect(again.citizenKey("web", "42")).toBe(first.citizenKey("web", "42"));
  expect(again.safeWordDigest(again.citizenKey("web", "42"), "hoa hong")).toMatch(/^[\w-]{32}$/);
  expect(again.open(first.seal("số nhà", "address"), "address")).toBe("số nhà");
  expect(await readdir(folder)).toEqual(["keys.json"]);
  expect((await stat(join(folder, "keys.json"))).mode & 0o777).toBe(0o600);
});

test("starts although an earlier start was cut off while it made the keys", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "keys.json.new"), '{"keyring":1,"id"');
  await openKeyring(folder);
  expect(await readdir(folder)).toEqual(["keys.json"]);
});

test("two starts at the same time end up with the same keys", async () => {
  const folder = await temporaryFolder();
  await openKeyring(folder);
  const ids = await Promise.all([openKeyring(folder), openKeyring(folder)]);
  expect(ids[0].id).toBe(ids[1].id);
});

test.each(["", "{", "{}", '{"keyring":2}', '{"keyring":1,"id":"0badc0de","hmac":"short","aes":"short"}', "[]"])(
  "refuses a key file that holds %j, without quoting it",
  async (text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "keys.json"), text, { mode: 0o600 });
    const error = await openKeyring(folder).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "key_file_invalid" });
    expect(error).not.toHaveProperty("cause");
    expect(String(error)).toContain("Restore it from a backup");
    expect(String(error)).not.toContain("0badc0de");
    expect(await readFile(join(folder, "keys.json"), "utf8")).toBe(text);
  },
);

test("refuses a key file that others may read, and says how to mend it", async () => {
  const folder = await temporaryFolder();
  await openKeyring(folder);
  await chmod(join(folder, "keys.json"), 0o640);
  const error = await openKeyring(folder).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "key_file_invalid" });
  expect(String(error)).toContain("chmod 600");
});

test("gives every chat of every channel a key of its own, and other keys give others", () => {
  const keyring = ephemeralKeyring();
  const chats = ["1", "11", "", "web", '","', "Lan", "lan", "e\u0301", "\u00e9"];
  const keys = chats.flatMap((chat) => [keyring.citizenKey("web", chat), keyring.citizenKey("telegram", chat)]);
  expect(new Set(keys).size).toBe(2 * chats.length);
  for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/);
  expect(ephemeralKeyring().citizenKey("web", "1")).not.toBe(keyring.citizenKey("web", "1"));
});

test("gives every purpose a secret of its own, always the same for the same keys", async () => {
  const folder = await temporaryFolder();
  const keyring = await openKeyring(folder);
  const purposes = ["webhook telegram", "webhook zalo-bot", "", '","'];
  const secrets = purposes.map((purpose) => keyring.secretFor(purpose));
  expect(new Set(secrets).size).toBe(purposes.length);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  const again = await openKeyring(folder);
  expect(purposes.map((purpose) => again.secretFor(purpose))).toEqual(secrets);
  expect(ephemeralKeyring().secretFor("")).not.toBe(keyring.secretFor(""));
});

test("opens what it sealed, for the same purpose only", () => {
  const keyring = ephemeralKeyring();
  for (const plain of ["", "Chào bạn 🌻", "x".repeat(10_000)]) {
    expect(keyring.open(keyring.seal(plain, "about"), "about")).toBe(plain);
  }
  const sealed = keyring.seal("số nhà", "address:lan");
  expect(() => keyring.open(sealed, "address:minh")).toThrow(StoreError);
  expect(() => ephemeralKeyring().open(sealed, "address:lan")).toThrow("keys.json");
  expect(Buffer.from(keyring.seal("số nhà", "address:lan"))).not.toEqual(Buffer.from(sealed));
});

test("notices every changed or missing byte", () => {
  const keyring = ephemeralKeyring();
  const sealed = keyring.seal("số nhà", "about");
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => keyring.open(changed, "about")).toThrow(StoreError);
    expect(() => keyring.open(sealed.subarray(0, at), "about")).toThrow(StoreError);
  }
});
