import { hostileText } from "../learn/hostile.ts";
import { seededRandom } from "../src/bot/random.ts";
import type { SafetyScreen } from "../src/safety/screen.ts";
import { soakBroadcasts } from "../test/broadcast/kills/soak.ts";
import { soakNetworks } from "../test/networks/soak.ts";
import { complaintsIn, startServer } from "../test/support/server.ts";
import { amountOf } from "../test/system/amounts.ts";
import { inFolder } from "../test/system/folder.ts";
import { fuzz } from "../test/system/fuzz.ts";
import { proveKills } from "../test/system/kills.ts";
import { realApp } from "../test/system/real-app.ts";
import { ScreenProof } from "../test/system/screen-proof.ts";
import { walk } from "../test/system/walk.ts";

// The long proofs of the whole system, with their figures. SCREEN_TEXTS, SOAK_KILLS, WALK_INPUTS, FUZZ_REQUESTS and
// SOAK_SEED, and those of test/networks/soak.ts and test/broadcast/kills/soak.ts, change how much is done; a failure names
// its seed.
const seed = amountOf("SOAK_SEED", 1 + Math.floor(Math.random() * 1_000_000));

const SLOWEST_MS = 20;

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
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

/** Reads texts made to be slow or to break the reader; no text may throw or take longer than `SLOWEST_MS`. */
async function soakScreen(texts: number): Promise<void> {
  const { screen } = (await realApp()).worlds;
  screen("");
  const random = seededRandom(seed);
  const started = performance.now();
  let slowest = 0;
  let slow = 0;
  for (let i = 0; i < texts; i++) {
    const text = hostileText(random);
    const before = performance.now();
    screen(text);
    const took = performance.now() - before;
    slowest = Math.max(slowest, took);
    // A pause of the machine is no slow text: a second reading tells.
    if (took > SLOWEST_MS && readAgain(screen, text) > SLOWEST_MS) slow++;
  }
  if (slow > 0) throw new Error(`${slow} texts took more than ${SLOWEST_MS} ms`);
  const took = seconds(performance.now() - started);
  console.log(
    `screen ${texts} hostile texts, none throws, none above ${SLOWEST_MS} ms (slowest ${slowest.toFixed(1)} ms), ${took}`,
  );
}

function readAgain(screen: SafetyScreen, text: string): number {
  const before = performance.now();
  screen(text);
  return performance.now() - before;
}

async function soakFuzz(requests: number): Promise<void> {
  await inFolder(async (dataDir) => {
    const server = await startServer({ dataDir, env: { LOG_LEVEL: "warn" } });
    const { statuses, milliseconds } = await fuzz(server.address, requests, seed);
    const code = await server.stop();
    const said = complaintsIn(server.output());
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
await soakScreen(amountOf("SCREEN_TEXTS", 1_000_000));
await soakWalk(amountOf("WALK_INPUTS", 20_000));
await soakFuzz(amountOf("FUZZ_REQUESTS", 20_000));
await soakKills(amountOf("SOAK_KILLS", 120));
await soakNetworks(seed);
await soakBroadcasts(seed);
