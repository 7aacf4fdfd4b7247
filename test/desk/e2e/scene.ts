import { until } from "../../networks/system/stage.ts";
import { type SeededSubscriber, seedSubscribers } from "../../support/broadcast/subscribers.ts";
import type { Phone } from "../../support/networks/network.ts";
import { type Rig, ROOMY, startRig } from "../../support/networks/rig.ts";
import { runCommand } from "../../support/server.ts";
import { makeFolder, removeFolder } from "../../system/folder.ts";
import { type SceneClock, sceneClock } from "./clock.ts";

/** People who get the broadcast, on each channel; a thousand together. */
export const PEOPLE = { telegram: 400, "zalo-oa": 200, "zalo-bot": 200, web: 200 } as const;
/** Beside them, people who will have typed one of these words before it goes. */
const STOP_WORDS = ["thôi tin", "ngừng"] as const;
/** Messages a second that the local Telegram takes: everybody is reached in some seconds. */
const TELEGRAM_RATE = 100;

/** Somebody who wants no more of it, and the word for that. */
export interface LeavingPerson {
  readonly phone: Phone;
  readonly word: string;
}

/** The real bot on the three local networks, with subscribers, and nobody at its desk yet. */
export interface Scene {
  readonly rig: Rig;
  readonly dataDir: string;
  readonly clock: SceneClock;
  readonly staying: readonly SeededSubscriber[];
  readonly leaving: readonly LeavingPerson[];
  /** The address that the bot printed for whoever comes first. */
  readonly firstLink: string;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const dataDir = await makeFolder();
  const clock = sceneClock();
  const rig = await startRig({
    dataDir,
    zaloBot: ROOMY.zaloBot,
    telegram: { rate: { kind: "bucket", perSecond: TELEGRAM_RATE } },
    env: { ...ROOMY.env, TELEGRAM_RATE: String(TELEGRAM_RATE), NODE_OPTIONS: clock.nodeOptions },
  });
  await rig.bot.stop();
  const counts = {
    telegram: PEOPLE.telegram + STOP_WORDS.length,
    "zalo-oa": PEOPLE["zalo-oa"] + STOP_WORDS.length,
    "zalo-bot": PEOPLE["zalo-bot"] + STOP_WORDS.length,
    web: PEOPLE.web,
  };
  const [people] = await Promise.all([
    seedSubscribers(dataDir, rig, counts, { now: clock.now() }),
    moveAccount(rig, dataDir, clock.aheadMs),
  ]);
  await rig.restart();
  const firstLink = await printedLink(rig);
  const close = async (): Promise<void> => {
    await rig.stop();
    await removeFolder(dataDir);
  };
  return { rig, dataDir, clock, ...parted(people), firstLink, close };
}

/** The account dates its events, which the bot compares with its clock; moving its clock can end the tokens of before. */
async function moveAccount({ zaloOa, env }: Rig, dataDir: string, aheadMs: number): Promise<void> {
  zaloOa.forward(aheadMs);
  const { accessToken, refreshToken } = zaloOa.issuePair();
  const input = `${accessToken} ${refreshToken}\n`;
  const given = { input, env: { ...env, DATA_DIR: dataDir } };
  const { code, stderr } = await runCommand(["zalo-oa", "login", "--tokens"], given);
  if (code !== 0) throw new Error(`zalo-oa login ended with ${code}: ${stderr}`);
}

async function printedLink(rig: Rig): Promise<string> {
  const link = () => /^http\S+\/desk\/accept\/\S+$/m.exec(rig.bot.output())?.[0];
  await until("a link for the first administrator", () => link() !== undefined);
  return link() ?? "";
}

/** The first of each network will leave. */
function parted(people: readonly SeededSubscriber[]): Pick<Scene, "staying" | "leaving"> {
  const staying: SeededSubscriber[] = [];
  const leaving: LeavingPerson[] = [];
  const seen = new Map<string, number>();
  for (const person of people) {
    const index = seen.get(person.channel) ?? 0;
    seen.set(person.channel, index + 1);
    const word = person.phone === null ? undefined : STOP_WORDS[index];
    if (person.phone === null || word === undefined) staying.push(person);
    else leaving.push({ phone: person.phone, word });
  }
  return { staying, leaving };
}
