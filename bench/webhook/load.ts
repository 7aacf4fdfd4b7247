import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "../../src/bot/random.ts";
import { Crowd } from "../drive.ts";
import { updateAt } from "../updates.ts";
import { answerParent } from "./child.ts";
import { HttpPool } from "./http-pool.ts";
import { type Answers, Load } from "./messages.ts";

type Manner = Load["manner"];
type Even = Extract<Manner, { kind: "even" }>;
type Talk = Extract<Manner, { kind: "talk" }>;

/** Telegram opens no more than this for a bot that does not ask for another number. */
const CONNECTIONS = 40;

const crowds = new Map<string, Crowd>();
const random = seededRandom(7);

answerParent((question) => {
  const load = Load.parse(question);
  switch (load.manner.kind) {
    case "busy":
      return busy(load, load.manner.connections);
    case "even":
      return even(load, load.manner);
    case "talk":
      return talk(load, load.manner);
  }
});

async function busy({ name, to, citizens, forMs }: Load, connections: number): Promise<Answers> {
  const pool = new HttpPool(to, connections);
  const runner = { turn: (citizen: number, step: number) => pool.post(JSON.stringify(updateAt(citizen, step))) };
  const run = await crowdOf(name, citizens).drive({ runner, inFlight: connections, forMs, random });
  pool.close();
  return { perSecond: run.turnsPerSecond, latencies: [...run.latencies] };
}

async function even({ name, to, citizens, forMs }: Load, { perSecond, citizens: few }: Even): Promise<Answers> {
  const pool = new HttpPool(to, CONNECTIONS);
  const crowd = crowdOf(name, citizens);
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  const start = performance.now();
  const total = Math.floor((forMs * perSecond) / 1000);
  for (let sent = 0; sent < total; ) {
    const due = start + (sent * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    else {
      const citizen = sent % few;
      const body = JSON.stringify(updateAt(citizen, crowd.next(citizen)));
      under.push(pool.post(body).then(() => void latencies.push((performance.now() - due) * 1000)));
      sent++;
    }
  }
  await Promise.all(under);
  pool.close();
  return { perSecond: (total * 1000) / (performance.now() - start), latencies };
}

async function talk({ to }: Load, { citizen, step }: Talk): Promise<Answers> {
  const pool = new HttpPool(to, 1);
  const start = performance.now();
  await pool.post(JSON.stringify(updateAt(citizen, step)));
  pool.close();
  const ms = performance.now() - start;
  return { perSecond: 1000 / ms, latencies: [ms * 1000] };
}

function crowdOf(name: string, citizens: number): Crowd {
  const crowd = crowds.get(name) ?? new Crowd(citizens);
  crowds.set(name, crowd);
  return crowd;
}
