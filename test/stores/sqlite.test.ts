import { join } from "node:path";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { describeCitizenStore } from "./citizen-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describeCitizenStore("SQLite in a file", async () => {
  const file = join(await temporaryFolder(), "citizens.sqlite");
  const keyring = ephemeralKeyring();
  return { open: () => openSqliteStore({ file, keyring }), keeps: true };
});

describeCitizenStore("SQLite in memory", async () => {
  const keyring = ephemeralKeyring();
  return { open: () => openSqliteStore({ file: ":memory:", keyring }), keeps: false };
});
