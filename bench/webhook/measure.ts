import { z } from "zod";
import type { App } from "../../src/commands/app.ts";
import type { Measured } from "../rounds.ts";
import { median, quantile } from "../statistics.ts";
import { Child } from "./child.ts";
import { Answers, type Load } from "./messages.ts";
import { type ApiRoot, BARE, openApiRoot, openStations, type Station } from "./stations.ts";
import { holdTalk } from "./talk.ts";

export interface WebhookPlan {
  readonly citizens: number;
  readonly rounds: number;
  /** Milliseconds of one contender in one round. */
  readonly forMs: number;
  readonly warmUpMs: number;
  /** Milliseconds at the even rate. */
  readonly evenMs: number;
  /** Turns of the conversation that everybody has to hold before anything is timed. */
  readonly talkTurns: number;
}

/** One contender at full load; its turns are updates. */
export interface Busy extends Measured {
  /** Messages that reached the network during the rounds, for each update. */
  readonly messages: number;
}

/** One contender at an even rate; microseconds from the moment an update was due to its acknowledgement. */
export interface Even {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export interface WebhookResults {
  readonly busy: readonly Busy[];
  readonly even: readonly Even[];
}

/** Updates under way at the same time. */
export const CONNECTIONS = 64;
export const EVEN = { perSecond: 200, citizens: 200 } as const;

/** Milliseconds in which a process that stood still finds its pace again. */
const LEAD_IN_MS = 200;

/** From an update's arrival over HTTP to its acknowledgement: all contenders in turn, each in a process of its own. */
export async function measureWebhooks(app: App, plan: WebhookPlan): Promise<WebhookResults> {
  const api = await openApiRoot();
  const load = new Child("load.ts");
  const stations = await openStations(app, api, plan.citizens + 1);
  try {
    const bench = new Bench(plan, api, load);
    for (const station of stations) await bench.check(app, station);
    for (const station of stations) await bench.busy(station, plan.warmUpMs);
    const even: Even[] = [];
    for (const station of stations) even.push(await bench.even(station));
    const rounds: Round[] = [];
    for (let round = 0; round < plan.rounds; round++) {
      for (const station of stations) rounds.push(await bench.busy(station, plan.forMs));
    }
    return { even, busy: stations.map(({ name }) => joined(name, plan, rounds)) };
  } finally {
    for (const station of stations) await station.close();
    await load.close();
    await api.close();
  }
}

interface Round extends Answers {
  readonly name: string;
  readonly sent: number;
}

class Bench {
  readonly #plan: WebhookPlan;
  readonly #api: ApiRoot;
  readonly #load: Child;

  constructor(plan: WebhookPlan, api: ApiRoot, load: Child) {
    this.#plan = plan;
    this.#api = api;
    this.#load = load;
  }

  /** One citizen more than those of the load holds the conversation. Throws when a reply is not that of the script. */
  async check(app: App, station: Station): Promise<void> {
    if (station.name === BARE) return;
    const { citizens: citizen, talkTurns } = this.#plan;
    station.halt(false);
    const post = (step: number) => this.#drive(station, 0, { kind: "talk", citizen, step });
    await holdTalk({ name: station.name, citizen, turns: talkTurns, post, api: this.#api, texts: app.bundle.texts.vi });
    station.halt(true);
  }

  async busy(station: Station, forMs: number): Promise<Round> {
    station.halt(false);
    const manner = { kind: "busy", connections: CONNECTIONS } as const;
    await this.#drive(station, LEAD_IN_MS, manner);
    const before = await this.#sent();
    const answers = await this.#drive(station, forMs, manner);
    station.halt(true);
    return { name: station.name, ...answers, sent: (await this.#sent()) - before };
  }

  async even(station: Station): Promise<Even> {
    station.halt(false);
    await this.#drive(station, LEAD_IN_MS, { kind: "even", ...EVEN });
    const { latencies } = await this.#drive(station, this.#plan.evenMs, { kind: "even", ...EVEN });
    station.halt(true);
    return { name: station.name, ...spread(latencies), most: Math.max(...latencies) };
  }

  async #drive({ name, to }: Station, forMs: number, manner: Load["manner"]): Promise<Answers> {
    const load: Load = { name, to, citizens: this.#plan.citizens, forMs, manner };
    return Answers.parse(await this.#load.ask(load));
  }

  async #sent(): Promise<number> {
    return z.int().parse(await this.#api.ask("sent"));
  }
}

function joined(name: string, { citizens }: WebhookPlan, all: readonly Round[]): Busy {
  const rounds = all.filter((round) => round.name === name);
  const latencies = rounds.flatMap((round) => round.latencies);
  const sent = rounds.reduce((sum, round) => sum + round.sent, 0);
  const perRound = rounds.map(({ perSecond }) => perSecond);
  return {
    ...{ name, citizens, inFlight: CONNECTIONS, perRound, turnsPerSecond: median(perRound) },
    ...spread(latencies),
    messages: sent / latencies.length,
  };
}

function spread(latencies: readonly number[]): { readonly p50: number; readonly p99: number } {
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}
