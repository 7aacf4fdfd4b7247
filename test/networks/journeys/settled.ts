import { setTimeout as pause } from "node:timers/promises";
import { NETWORKS, type Rig } from "../../support/networks/rig.ts";
import { complaintsIn } from "../../support/server.ts";

const PATIENCE_MS = 10_000;

/** Stops everything. Gives what must not be: refused calls, updates that wait, complaints, an exit status. */
export async function settled(rig: Rig): Promise<readonly string[]> {
  const end = performance.now() + PATIENCE_MS;
  const waiting = () => NETWORKS.filter((name) => rig.network(name).waiting() > 0);
  while (waiting().length > 0 && performance.now() < end) await pause(50);
  const kept = waiting().map((name) => `${name}: ${rig.network(name).waiting()} updates wait`);
  const code = await rig.stop();
  const refused = NETWORKS.flatMap((name) =>
    rig.network(name).refusals.map(({ method, why }) => `${name} refused ${method}: ${why}`),
  );
  const said = complaintsIn(rig.bot.output());
  return [...kept, ...refused, ...said, ...(code === 0 ? [] : [`the bot ended with ${code}`])];
}
