import { Child } from "../webhook/child.ts";
import { type Kind, Opened, Ran, READY, type Run, Seen } from "./messages.ts";

/** One run: who sends how much to which kind of network. */
export interface Setting {
  readonly name: string;
  readonly module: string;
  readonly kind: Kind;
  readonly perSecond: 30 | 1_000;
  readonly messages: number;
}

export interface Observed {
  readonly setting: Setting;
  /** When messages arrived from the first of the broadcast to its last, replies among them; milliseconds, in order. */
  readonly times: readonly number[];
  readonly refusals: number;
  readonly ran: Ran;
}

/** People who write meanwhile; one of them is answered every so many milliseconds. */
const TALKERS = 10;
const REPLY_EVERY_MS = 200;
/** How many are answered before the broadcast; the rounds at the higher rate share them. */
const REPLIES_BEFORE = { 30: 12, 1000: 6 } as const;

/** Side by side: each with processes and a network of its own, loaded before the first begins. */
export async function runAll(settings: readonly Setting[]): Promise<readonly Observed[]> {
  const stations = await Promise.all(settings.map(openStation));
  return Promise.all(stations.map((run) => run()));
}

export async function runOne(setting: Setting): Promise<Observed> {
  return (await openStation(setting))();
}

async function openStation(setting: Setting): Promise<() => Promise<Observed>> {
  const { kind, perSecond, messages } = setting;
  const network = new Child("../pace/network.ts");
  const contender = new Child(`../pace/${setting.module}`);
  const opened = Opened.parse(await network.ask({ kind, perSecond, people: messages + TALKERS }));
  await contender.ask(READY);
  const run: Run = {
    ...opened,
    perSecond,
    talkers: TALKERS,
    replyEveryMs: REPLY_EVERY_MS,
    repliesBefore: REPLIES_BEFORE[perSecond],
  };
  return async () => {
    const ran = Ran.parse(await contender.ask(run));
    const seen = Seen.parse(await network.ask("seen"));
    await Promise.all([contender.close(), network.close()]);
    return { setting, ran, refusals: seen.refusals, times: during(seen, opened.chats.slice(0, messages)) };
  };
}

/** Everything that arrived while the broadcast did. Throws when it did not arrive once with everybody. */
function during({ arrivals }: Seen, chats: readonly string[]): readonly number[] {
  const everybody = new Set(chats);
  const broadcast = arrivals.filter(([chat]) => everybody.has(chat)).map(([, at]) => at);
  if (broadcast.length !== everybody.size) throw new Error(`${broadcast.length} of ${everybody.size} messages arrived`);
  const [first, last] = [Math.min(...broadcast), Math.max(...broadcast)];
  return arrivals
    .map(([, at]) => at)
    .filter((at) => at >= first && at <= last)
    .sort((one, other) => one - other);
}
