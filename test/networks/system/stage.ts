import { deepEqual } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Phone, Shown } from "../../support/networks/network.ts";
import { NETWORKS, type Rig, type RigOptions, startRig } from "../../support/networks/rig.ts";
import { makeFolder, removeFolder } from "../../system/folder.ts";

/** A rig with the folder of its bot. */
export interface Stage extends Rig {
  readonly dataDir: string;
}

/** Gives a rig to `use` and takes everything away afterwards. */
export async function withStage<T>(options: Partial<RigOptions>, use: (stage: Stage) => Promise<T>): Promise<T> {
  const { stage, end } = await openStage(options);
  try {
    return await use(stage);
  } finally {
    await end();
  }
}

/** A rig, and what takes it away. */
export async function openStage(options: Partial<RigOptions>): Promise<{ stage: Stage; end: () => Promise<void> }> {
  const dataDir = await makeFolder();
  const rig = await startRig({ dataDir, ...options });
  const stage: Stage = {
    ...rig,
    dataDir,
    get bot() {
      return rig.bot;
    },
  };
  const end = async (): Promise<void> => {
    await rig.bot.kill9();
    await rig.stop();
    await removeFolder(dataDir);
  };
  return { stage, end };
}

/** A bot that has just started, or gets thousands of updates, on a machine that is busy with other tests. */
export const LATE = /^no answer within/;

/** Every call of the bot was one that the real network takes. Throws with those that were not. */
export function expectNoRefusals(rig: Pick<Rig, "network">, provoked?: RegExp): void {
  const refusals = NETWORKS.flatMap((name) =>
    rig.network(name).refusals.flatMap(({ method, why }) => (provoked?.test(why) ? [] : [`${name} ${method}: ${why}`])),
  );
  deepEqual([...new Set(refusals)], []);
}

/** Waits until something holds, looking often. Rejects with `what` when it does not within `ms` milliseconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(5);
  }
}

/** What the bot answers to this; rejects when nothing comes in time. */
export async function answerTo(phone: Phone, act: (phone: Phone) => void, ms = 10_000): Promise<Shown> {
  const before = phone.received().length;
  act(phone);
  await until(`an answer on the phone ${phone.chat}`, () => phone.received().length > before, ms);
  const answer = phone.received()[before];
  if (answer === undefined) throw new Error("the answer is gone");
  return answer;
}

const Line = z.object({
  level: z.int(),
  msg: z.string(),
  channel: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
});
export type LogLine = z.infer<typeof Line>;

/** The lines of the log as the bot printed them; what is no JSON, such as the greeting, is left out. */
export function linesOf(output: string): LogLine[] {
  return output.split("\n").flatMap((line) => (line.startsWith("{") ? [Line.parse(JSON.parse(line))] : []));
}

/** The notices as `channel code`, in order. */
export function noticesOf(output: string): string[] {
  return linesOf(output).flatMap(({ msg, channel, code }) => (msg === "notice" ? [`${channel} ${code}`] : []));
}
