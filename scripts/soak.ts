import { startServer } from "../test/support/server.ts";
import { amountOf } from "../test/system/amounts.ts";
import { makeFolder, removeFolder } from "../test/system/folder.ts";
import { fuzz } from "../test/system/fuzz.ts";
import { proveKills } from "../test/system/kills.ts";
import { realApp } from "../test/system/real-app.ts";
import { ScreenProof } from "../test/system/screen-proof.ts";
import { walk } from "../test/system/walk.ts";

// The long proofs of the whole system, with their figures. SOAK_KILLS, WALK_INPUTS, FUZZ_REQUESTS and SOAK_SEED
// change how much is done; a failure names its seed.
const seed = amountOf("SOAK_SEED", 1 + Math.floor(Math.random() * 1_000_000));

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

async function inFolder<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await makeFolder();
  try {
    return await use(dataDir);
  } finally {
    await removeFolder(dataDir);
  }
}

async function soakWalk(inputs: number): Promise<void> {
  const app = await realApp();
  const proof = new ScreenProof(app);
  const started = performance.now();
  let moves = 0;
  for (const flow of app.program.flows.keys()) moves += walk(app, proof, flow, inputs, seed);
  const took = seconds(performance.now() - started);
  console.log(`walk   ${moves} inputs in ${app.program.flows.size} flows, ${proof.size} different screens, ${took}`);
}

async function soakFuzz(requests: number): Promise<void> {
  await inFolder(async (dataDir) => {
    const server = await startServer({ dataDir, env: { LOG_LEVEL: "warn" } });
    const { statuses, milliseconds } = await fuzz(server.address, requests, seed);
    const code = await server.stop();
    const said = server.output().trim().split("\n").slice(1);
    if (code !== 0 || said.length > 0) throw new Error(`the server ended with ${code} and said:\n${said.join("\n")}`);
    console.log(`fuzz   ${requests} requests, by status ${JSON.stringify(statuses)}, ${seconds(milliseconds)}`);
  });
}

async function soakKills(kills: number): Promise<void> {
  await inFolder(async (dataDir) => {
    const { killsWhileStarting, conversations, inputs, repeats, proposals, milliseconds } = await proveKills({
      kills,
      clients: 32,
      seed,
      dataDir,
    });
    console.log(
      `kills  ${kills} (${killsWhileStarting} of them while starting), ${conversations} conversations, ` +
        `${inputs} inputs acknowledged, ${repeats} requests made again, ${proposals} proposals, ${seconds(milliseconds)}; ` +
        "after each, every acknowledged input was found exactly once (else this line is an error)",
    );
  });
}

console.log(`seed   ${seed}`);
await soakWalk(amountOf("WALK_INPUTS", 20_000));
await soakFuzz(amountOf("FUZZ_REQUESTS", 20_000));
await soakKills(amountOf("SOAK_KILLS", 120));
