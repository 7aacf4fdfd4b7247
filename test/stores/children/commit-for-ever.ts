import { join } from "node:path";
import { openKeyring } from "../../../src/stores/keyring.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import { CITIZENS, numberedTurn } from "../numbered-turns.ts";

/** Commits turns of several citizens at once until it is killed, naming each one after it was acknowledged. */
const folder = process.argv[2] ?? "";
const keyring = await openKeyring(folder);
const store = await openSqliteStore({ file: join(folder, "citizens.sqlite"), keyring });
await Promise.all(CITIZENS.map(talk));

async function talk(name: string): Promise<never> {
  const key = keyring.citizenKey("web", name);
  for (let n = (await store.load(key, "")).seq + 1; ; n++) {
    await store.commit(numberedTurn(key, n));
    console.log(`${name} ${n}`);
    if (n % 5 === 0) await store.delivered(key, n - 3);
    if (n % 50 === 0) await store.purge(0);
  }
}
