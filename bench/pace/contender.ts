import { setTimeout as pause } from "node:timers/promises";
import type { Lane } from "../../src/server/meter.ts";
import { answerParent } from "../webhook/child.ts";
import { type Ran, READY, Run } from "./messages.ts";

/** Sends one short text; resolves once the network has taken it. */
export type Send = (chat: string, lane: Lane) => Promise<void>;

/** What everybody sends. */
export const WORDS = "An Tâm chúc bạn một ngày an lành.";

/** Lets the network forget what was sent before the broadcast. */
const QUIET_MS = 1_200;

/** Runs the broadcast, with replies in between, on what `open` gives; the process ends with its parent. */
export function serveContender(open: (run: Run) => Send): void {
  answerParent(async (asked): Promise<Ran | typeof READY> => {
    if (asked === READY) return READY;
    const run = Run.parse(asked);
    return broadcast(run, open(run));
  });
}

async function broadcast(run: Run, send: Send): Promise<Ran> {
  const everybody = run.chats.slice(0, -run.talkers);
  const before = await talk(run, send, (sent) => sent >= run.repliesBefore);
  await pause(QUIET_MS);
  const cpu = process.cpuUsage();
  let done = false;
  const all = Promise.all(everybody.map((chat) => send(chat, "bulk"))).then(() => {
    done = true;
  });
  const during = await talk(run, send, () => done);
  await all;
  const { user, system } = process.cpuUsage(cpu);
  return { before, during, cpu: (user + system) / everybody.length };
}

/** One reply after the other at an even pace, whatever became of those before; gives how long each took. */
async function talk(run: Run, send: Send, isOver: (sent: number) => boolean): Promise<number[]> {
  const talkers = run.chats.slice(-run.talkers);
  const start = performance.now();
  const replies: Promise<number>[] = [];
  for (let sent = 0; !isOver(sent); sent++) {
    const due = start + sent * run.replyEveryMs;
    const left = due - performance.now();
    if (left > 0) await pause(left);
    const chat = talkers[sent % talkers.length];
    if (chat !== undefined) replies.push(send(chat, "reply").then(() => performance.now() - due));
  }
  return Promise.all(replies);
}
