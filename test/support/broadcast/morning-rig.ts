import { type ShiftedClock, shiftedClock } from "../../networks/system/shifted-clock.ts";
import { type Rig, type RigOptions, ROOMY, startRig } from "../networks/rig.ts";

/** Broadcasts leave: the quiet hours are far. */
const MORNING = "10:00";

/**
 * A bot for which it is ten in the morning in Viet Nam, and networks on the same clock that keep to their rates only. The
 * bot has run once and is stopped: `rig.restart()` starts it.
 */
export async function startMorningRig(options: RigOptions): Promise<{ rig: Rig; clock: ShiftedClock }> {
  const clock = shiftedClock(MORNING);
  const env = { ...ROOMY.env, ...options.env, NODE_OPTIONS: clock.nodeOptions };
  const rig = await startRig({ ...options, zaloBot: { ...ROOMY.zaloBot, ...options.zaloBot }, env });
  const code = await rig.bot.stop();
  if (code !== 0) throw new Error(`the bot ended with ${code}; it said:\n${rig.bot.output()}`);
  rig.telegram.advance(clock.aheadMs);
  for (const network of [rig.zaloBot, rig.zaloOa]) network.forward(clock.aheadMs);
  return { rig, clock };
}
