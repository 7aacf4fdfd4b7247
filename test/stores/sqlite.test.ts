import { join } from "node:path";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { describeCitizenStore } from "./citizen-contract.ts";
import { describeLedgerStore } from "./ledger-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const keyring = ephemeralKeyring();

const inFile = {
  keeps: true,
  async place() {
    const file = join(await temporaryFolder(), "citizens.sqlite");
    return () => openSqliteStore({ file, keyring });
  },
};

const inMemory = {
  keeps: false,
  place: async () => () => openSqliteStore({ file: ":memory:", keyring }),
};

describeCitizenStore("SQLite in a file", inFile);
describeCitizenStore("SQLite in memory", inMemory);
describeLedgerStore("SQLite in a file", inFile);
describeLedgerStore("SQLite in memory", inMemory);
