import { join } from "node:path";
import { openKeyring } from "../../../src/stores/keyring.ts";
import { openSqliteStore } from "../../../src/stores/sqlite/store.ts";
import { CITIZENS, numberedTurn, settledMessage } from "../numbered-turns.ts";

/** Commits turns of several citizens at once and settles their messages until it is killed, naming what was acknowledged. */
const folder = process.argv[2] ?? "";
const keyring = await openKeyring(folder);
const store = await openSqliteStore({ file: join(folder, "citizens.sqlite"), keyring });
await Promise.all(CITIZENS.map(talk));

async function talk(name: string): Promise<never> {
  const key = keyring.citizenKey("web", name);
  for (let n = (await store.load(key, "")).seq + 1; ; n++) {
    await store.commit(numberedTurn(key, n));
    console.log(`${name} ${n}`);
    const waiting = await store.pending(key, 0);
    for (const { seq } of waiting.slice(0, -(n % 4) || waiting.length)) {
      await store.settle(key, seq, settledMessage(seq));
      console.log(`${name} ${n} ${seq}`);
    }
  }
}
