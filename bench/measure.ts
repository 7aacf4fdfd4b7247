import type { App } from "../src/commands/app.ts";
import { durableBot, engineAndTexts, engineOnly, type Growth, growthOfConversations } from "./an-tam.ts";
import { type ColdStart, measureColdStart } from "./cold-start.ts";
import type { Contender } from "./contender.ts";
import { grammyConversations } from "./grammy-conversations.ts";
import { grammySession, grammySessionExactly } from "./grammy-session.ts";
import { describeMachine, type Machine, measureFlush } from "./machine.ts";
import { type Lane, type Measured, type Plan, runRounds } from "./rounds.ts";
import { measureScreen, type ScreenSpeed } from "./safety-screen.ts";
import { checkReplies } from "./same-replies.ts";
import { Screens } from "./screens.ts";
import { telegrafScenes } from "./telegraf-scenes.ts";
import { measureWebhooks, type WebhookPlan, type WebhookResults } from "./webhook/measure.ts";
import { xstateMachine } from "./xstate-machine.ts";

/** Everything that one call of `npm run bench` finds out. */
export interface Results {
  readonly quick: boolean;
  readonly machine: Machine;
  readonly flushAfter: Machine["flush"];
  readonly memory: readonly Measured[];
  readonly durable: readonly Measured[];
  /** As `durable`, on a disk that flushes `SLOWER_FLUSH_MS` more slowly. */
  readonly slower: readonly Measured[];
  readonly sizes: readonly Measured[];
  readonly growth: readonly Growth[];
  readonly growthOfConversations: Growth;
  readonly coldStart: readonly ColdStart[];
  readonly safetyScreen: readonly ScreenSpeed[];
  readonly webhooks: WebhookResults;
  readonly seconds: number;
}

interface Plans {
  readonly memory: Plan;
  readonly durable: Plan;
  readonly slower: Plan;
  readonly sizes: Plan;
  readonly coldRuns: number;
  readonly screenRounds: number;
  readonly webhooks: Omit<WebhookPlan, "citizens">;
}

/** Milliseconds added to every flush in the part that imitates a slower disk. */
export const SLOWER_FLUSH_MS = 1;

const FULL: Plans = {
  memory: { rounds: 41, forMs: 60, warmUpMs: 500 },
  durable: { rounds: 6, forMs: 1_000, warmUpMs: 300 },
  slower: { rounds: 4, forMs: 700, warmUpMs: 200, slowerFlushMs: SLOWER_FLUSH_MS },
  sizes: { rounds: 6, forMs: 1_000, warmUpMs: 300 },
  coldRuns: 9,
  screenRounds: 100,
  webhooks: { rounds: 6, forMs: 1_000, warmUpMs: 2_000, evenMs: 10_000, talkTurns: 12 },
};
const QUICK: Plans = {
  memory: { rounds: 9, forMs: 50, warmUpMs: 700 },
  durable: { rounds: 3, forMs: 200, warmUpMs: 100 },
  slower: { rounds: 3, forMs: 200, warmUpMs: 100, slowerFlushMs: SLOWER_FLUSH_MS },
  sizes: { rounds: 3, forMs: 200, warmUpMs: 100 },
  coldRuns: 3,
  screenRounds: 20,
  webhooks: { rounds: 3, forMs: 300, warmUpMs: 600, evenMs: 1_500, talkTurns: 3 },
};

/** Citizens in the comparison with other libraries. */
export const CITIZENS = 1_000;
export const SIZES = [1_000, 10_000, 100_000] as const;
export const IN_FLIGHT = [1, 16, 64] as const;

export interface Progress {
  readonly quick: boolean;
  /** Told before each part. */
  say(what: string): void;
}

export async function measureAll(app: App, { quick, say }: Progress): Promise<Results> {
  const start = performance.now();
  const plans = quick ? QUICK : FULL;
  const texts = app.bundle.texts.vi;
  const screens = new Screens(texts);
  say("the machine");
  const machine = await describeMachine();
  const contenders = { ours: durableBot(app), memory: inMemory(app, screens), durable: peersOnDisk(screens) };
  say("the same replies from everybody");
  for (const one of [contenders.ours, ...contenders.memory, ...contenders.durable]) await checkReplies(one, texts);
  say("first replies");
  const coldStart = await measureColdStart(plans.coldRuns);
  say("the safety screen");
  const safetyScreen = await measureScreen(app, plans.screenRounds);
  say("webhooks");
  const webhooks = await measureWebhooks(app, { citizens: CITIZENS, ...plans.webhooks });
  say("turns in memory");
  const memory = await runRounds(contenders.memory.map(memoryLane), plans.memory);
  say("durable turns");
  const durable = await runRounds(
    [contenders.ours, ...contenders.durable].map((one) => durableLane(one)),
    plans.durable,
  );
  say("durable turns on a slower disk");
  const slower = await runRounds(
    [contenders.ours, ...contenders.durable].map((one) => ({ ...durableLane(one), inFlight: [1, 64] })),
    plans.slower,
  );
  say("durable turns with many citizens");
  const growth: Growth[] = [];
  const sizes = await runRounds(
    SIZES.map((citizens) => {
      const contender = durableBot(app, (one) => void growth.push(one));
      return durableLane(contender, citizens);
    }),
    plans.sizes,
  );
  return {
    ...{ quick, machine, memory, durable, slower, sizes, growth, coldStart, safetyScreen, webhooks },
    growthOfConversations: await growthOfConversations(app, CITIZENS),
    flushAfter: await measureFlush(),
    seconds: (performance.now() - start) / 1000,
  };
}

function inMemory(app: App, screens: Screens): readonly Contender[] {
  return [
    engineOnly(app),
    engineAndTexts(app),
    grammySession(screens, "memory"),
    grammyConversations(screens, "memory"),
    telegrafScenes(screens, "memory"),
    xstateMachine(screens, "snapshots"),
  ];
}

function peersOnDisk(screens: Screens): readonly Contender[] {
  return [
    grammySession(screens, "flushed"),
    grammySessionExactly(screens),
    grammyConversations(screens, "flushed"),
    telegrafScenes(screens, "flushed"),
    xstateMachine(screens, "flushed"),
  ];
}

/** Only libraries that wait for something can gain by more turns in flight. */
function memoryLane(contender: Contender): Lane {
  const waits = /^(?:grammY|telegraf)/.test(contender.name);
  return { contender, citizens: CITIZENS, inFlight: waits ? [1, 64] : [1] };
}

function durableLane(contender: Contender, citizens: number = CITIZENS): Lane {
  return { contender, citizens, inFlight: IN_FLIGHT };
}
