import { setTimeout as pause } from "node:timers/promises";
import { difference } from "../same-replies.ts";
import type { Texts } from "../screens.ts";
import { chatOf } from "../updates.ts";
import { Heard } from "./messages.ts";
import type { ApiRoot } from "./stations.ts";

interface Talk {
  readonly name: string;
  readonly citizen: number;
  readonly turns: number;
  /** Sends the citizen's update of this step and resolves once it is acknowledged. */
  post(step: number): Promise<unknown>;
  readonly api: ApiRoot;
  readonly texts: Texts;
}

/** Over HTTP on both sides; throws when the network did not get the reply that the script asks for. */
export async function holdTalk({ name, citizen, turns, post, api, texts }: Talk): Promise<void> {
  const chat = chatOf(citizen).id;
  await api.ask("forget");
  const heard = async () => Heard.parse(await api.ask({ chat }));
  await heard();
  for (let step = 0; step < turns; step++) {
    await post(step);
    const message = await untilThere(heard, step);
    const labels = message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
    const wrong = difference({ texts: message === undefined ? [] : [message.text], buttons: labels }, step, texts);
    if (wrong !== undefined) throw new Error(`${name} by webhook, turn ${step + 1}: ${wrong}`);
  }
  await api.ask("forget");
}

/** A network allows one message a second to one chat. */
const WAIT_MS = 5_000;
const LOOK_MS = 10;

async function untilThere(heard: () => Promise<Heard>, index: number): Promise<Heard[number] | undefined> {
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    const message = (await heard())[index];
    if (message !== undefined) return message;
    await pause(LOOK_MS);
  }
  return undefined;
}
