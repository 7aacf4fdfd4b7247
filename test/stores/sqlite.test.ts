import { join } from "node:path";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { describeCitizenStore } from "./citizen-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const keyring = ephemeralKeyring();

describeCitizenStore("SQLite in a file", {
  keeps: true,
  async place() {
    const file = join(await temporaryFolder(), "citizens.sqlite");
    return () => openSqliteStore({ file, keyring });
  },
});

describeCitizenStore("SQLite in memory", {
  keeps: false,
  place: async () => () => openSqliteStore({ file: ":memory:", keyring }),
});
