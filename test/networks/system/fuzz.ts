import { z } from "zod";
import { type FuzzFigures, fuzzWebhooks as fuzzTargets } from "../../server/fuzz-webhooks.ts";
import { NETWORKS, type NetworkName, ROOMY } from "../../support/networks/rig.ts";
import { doorsOf } from "./doors.ts";
import { doEverything, type Recording, record } from "./record.ts";
import { answerTo, expectNoRefusals, LATE, linesOf, noticesOf, type Stage, withStage } from "./stage.ts";

export interface WebhookFigures extends FuzzFigures {
  /** Milliseconds until somebody new had an answer on each network, right after. */
  readonly answers: Readonly<Record<NetworkName, number>>;
  /** The codes of the notices in the log. */
  readonly notices: readonly string[];
}

/**
 * The bot answers people and presses that exist in a fuzzed body only, and is told that they do not. Under such a load
 * of forged updates a genuine one may also have to come again.
 */
export const INVENTED = new RegExp(`chat not found|no such user|query is too old|${LATE.source}`);

/** So little, in megabytes, that a leak ends the process; without a limit it grows for long before it is tidied. */
const HEAP_MB = 256;
/** The least resident memory in the second half of the bodies may be this much more than in the first half. */
const GROWTH = 1.25;
/** How long somebody who asks for help may wait right after. */
const ANSWER_MS = 1_000;

/**
 * For `soak`: so many bodies for each webhook of a bot of its own. Throws on an answer of the server's own failure,
 * memory that grows, a slow answer to a call for help, a log line that is no notice, a call that a network refuses,
 * and any exit status but 0.
 */
export async function fuzzWebhooks(bodies: number, seed: number): Promise<WebhookFigures> {
  const env = { ...ROOMY.env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` };
  return withStage({ ...ROOMY, env }, async (stage) => {
    const figures = await fuzzStage(stage, bodies, seed);
    expectFlat(figures);
    expectQuick(figures);
    const code = await stage.bot.stop();
    if (code !== 0) throw new Error(`the bot ended with ${code}:\n${stage.bot.output()}`);
    expectNoRefusals(stage, INVENTED);
    return figures;
  });
}

/** Fuzzes the three webhooks with what the networks really send, then asks for help as somebody new. */
export async function fuzzStage(stage: Stage, bodies: number, seed: number): Promise<WebhookFigures> {
  const [doors, recording] = [await doorsOf(stage), await record(stage, doEverything)];
  const targets = NETWORKS.map((name) => ({
    name,
    url: doors[name].url,
    headersFor: (body: Buffer) => doors[name].proof(body),
    seedBodies: seedsOf(recording, name),
  }));
  const figures = await fuzzTargets(targets, { address: stage.bot.address, bodies, seed });
  const answers = await Promise.all(NETWORKS.map(async (name) => [name, await helpTime(stage, name)] as const));
  const output = stage.bot.output();
  const strange = linesOf(output).filter(({ msg }) => msg !== "notice");
  if (strange.length > 0) throw new Error(`the log has lines that are no notices: ${JSON.stringify(strange[0])}`);
  return { ...figures, answers: AnswerTimes.parse(Object.fromEntries(answers)), notices: noticesOf(output) };
}

function expectFlat({ memory }: FuzzFigures): void {
  const least = (part: typeof memory): number => Math.min(...part.map(({ resident }) => resident));
  const half = memory.length / 2;
  if (least(memory.slice(half)) > least(memory.slice(0, half)) * GROWTH) {
    throw new Error(`memory grows: ${JSON.stringify(memory)}`);
  }
}

function expectQuick({ answers }: WebhookFigures): void {
  if (Object.values(answers).some((ms) => ms > ANSWER_MS)) throw new Error(`too slow: ${JSON.stringify(answers)}`);
}

const AnswerTimes = z.record(z.enum(NETWORKS), z.number());

function seedsOf(recording: Recording, name: NetworkName): readonly unknown[] {
  return recording[name].map(({ body }): unknown => JSON.parse(body.toString("utf8")));
}

async function helpTime(stage: Stage, network: NetworkName): Promise<number> {
  const asked = Date.now();
  const { at } = await answerTo(stage.phone(network, "Người thật"), ({ type }) => type("giúp"), 60_000);
  return at - asked;
}
