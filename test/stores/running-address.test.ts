import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { announceAddress, forgetAddress, readAddress } from "../../src/stores/running-address.ts";
import { inFolder } from "../system/folder.ts";

test("an address is announced for this account alone, and forgotten", () =>
  inFolder(async (folder) => {
    expect(await readAddress(folder)).toBeNull();
    await announceAddress(folder, "http://127.0.0.1:8080");
    expect(await readAddress(folder)).toBe("http://127.0.0.1:8080");
    if (process.platform !== "win32") {
      expect((await stat(join(folder, "address.json"))).mode & 0o777).toBe(0o600);
    }
    await forgetAddress(folder);
    await forgetAddress(folder);
    expect(await readAddress(folder)).toBeNull();
  }));

test.each([
  ["http://0.0.0.0:8080", "http://127.0.0.1:8080"],
  ["http://[::]:80", "http://[::1]:80"],
  ["http://10.0.0.5:80", "http://10.0.0.5:80"],
])("%s is called as %s", (address, called) =>
  inFolder(async (folder) => {
    await announceAddress(folder, address);
    expect(await readAddress(folder)).toBe(called);
  }),
);

test.each(["", "{", "[]", '{"address":"file:///etc/passwd"}', '{"address":8080}'])("%s is no address", (text) =>
  inFolder(async (folder) => {
    await writeFile(join(folder, "address.json"), text);
    expect(await readAddress(folder)).toBeNull();
  }),
);
