import { startTelegramNetwork, type TelegramNetwork } from "../../test/support/networks/telegram/network.ts";
import { answerParent } from "../webhook/child.ts";
import { NetworkQuestion } from "./messages.ts";

/** The local Telegram of the tests with one limit for the whole bot, in a process of its own. */
let network: TelegramNetwork | undefined;
let people: readonly string[] = [];

answerParent(
  async (asked) => {
    const question = NetworkQuestion.parse(asked);
    if (question === "seen") return seen();
    const { kind, perSecond } = question;
    network = await startTelegramNetwork({ rate: { kind, perSecond } });
    people = Array.from({ length: question.people }, (_, number) => `p${number}`);
    for (const name of people) network.phone(name).start();
    return { root: network.root, token: network.token, chats: people.map((name) => network?.phone(name).chat) };
  },
  async () => network?.close(),
);

function seen() {
  const phones = people.flatMap((name) => network?.phone(name) ?? []);
  const arrivals = phones.flatMap((phone) => phone.received().map(({ at }) => [phone.chat, at]));
  return { arrivals, refusals: network?.refusals.length ?? 0 };
}
