import type { Refusal, Shown } from "../networks/network.ts";
import { NETWORKS, type NetworkName, type Rig } from "../networks/rig.ts";
import { actsOn } from "./acts.ts";
import type { BotProcess } from "./bot-process.ts";
import type { Handset, People, Person } from "./people.ts";
import type { Troubles } from "./troubles.ts";
import type { CountedRefusal, MessageView, View } from "./view-data.ts";

/** Everything that one sandbox is made of. */
export interface Parts {
  readonly rig: Rig;
  readonly people: People;
  readonly troubles: Troubles;
  readonly bot: BotProcess;
}

export function viewOf(parts: Parts, person: Person): View {
  const { rig, people, troubles, bot } = parts;
  return {
    bot: { status: bot.status, said: bot.said },
    people: people.list(),
    networks: NETWORKS.map((name) => ({
      name,
      ...phoneView(people.handset(person, name), person),
      ...callsView(rig, name),
      troubles: troubles.of(name),
    })),
  };
}

function phoneView(handset: Handset, person: Person) {
  const { network, phone, kinds, blocked } = handset;
  const telegram = network === "telegram" ? handset.phone : null;
  const answers = telegram?.answers().flatMap(({ text }) => (text === undefined ? [] : [text])) ?? [];
  return {
    chat: phone.chat,
    messages: phone.screen().map((shown) => messageView(shown, kinds, `/file/${person.id}/${network}/${shown.id}`)),
    keyboard: telegram?.keyboard() ?? [],
    answer: { count: answers.length, text: answers.at(-1) ?? "" },
    acts: actsOn(handset),
    blocked,
  };
}

function messageView(shown: Shown, kinds: ReadonlyMap<string, string>, address: string): MessageView {
  const { picture, file, ...rest } = shown;
  const kind = kinds.get(shown.id);
  return {
    ...rest,
    ...(kind !== undefined && { kind }),
    ...(picture !== undefined && { picture: picture.bytes === undefined ? (picture.url ?? "") : address }),
    ...(file !== undefined && { file: { name: file.name, size: file.bytes.length, address } }),
  };
}

function callsView(rig: Rig, name: NetworkName) {
  const network = rig.network(name);
  const calls = [...network.calls].sort(([, a], [, b]) => b - a);
  return { calls, refusals: counted(network.refusals), waiting: network.waiting() };
}

function counted(refusals: readonly Refusal[]): readonly CountedRefusal[] {
  const byText = new Map<string, CountedRefusal>();
  for (const refusal of refusals) {
    const key = `${refusal.method} ${refusal.why}`;
    byText.set(key, { ...refusal, count: (byText.get(key)?.count ?? 0) + 1 });
  }
  return [...byText.values()];
}
