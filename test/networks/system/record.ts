import type { Phone } from "../../support/networks/network.ts";
import { NETWORKS, type NetworkName } from "../../support/networks/rig.ts";
import { listen } from "../../support/networks/shared/http-server.ts";
import { type Door, doorsOf, post } from "./doors.ts";
import { answerTo, type Stage, until } from "./stage.ts";

/** A request that a network really sent to the bot's webhook. */
export interface Recorded {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
export type Recording = Readonly<Record<NetworkName, readonly Recorded[]>>;

/** Lets one person on each network act, and writes down what the networks send. */
export async function record(stage: Stage, act: (phone: Phone) => Promise<void>): Promise<Recording> {
  const doors = await doorsOf(stage);
  const requests: Record<NetworkName, Recorded[]> = { telegram: [], "zalo-bot": [], "zalo-oa": [] };
  const taps = await Promise.all(NETWORKS.map((name) => openTap(doors[name], requests[name])));
  const [telegram, zaloBot, zaloOa] = taps.map(({ url }) => url);
  await pointTo(stage, doors, [telegram ?? "", zaloBot ?? "", zaloOa ?? ""]);
  await Promise.all(NETWORKS.map((name) => act(stage.phone(name, "Người ghi mẫu"))));
  await until("all updates to arrive", () => NETWORKS.every((name) => stage.network(name).waiting() === 0));
  await pointTo(stage, doors, [doors.telegram.url, doors["zalo-bot"].url, doors["zalo-oa"].url]);
  await Promise.all(taps.map(({ close }) => close()));
  return requests;
}

/** Does all that people can do; leaves in the end. */
export async function doEverything(phone: Phone): Promise<void> {
  await answerTo(phone, ({ start }) => start());
  await answerTo(phone, ({ type }) => type("giúp"));
  const [button] = phone.received().at(-1)?.buttons ?? [];
  if (button === undefined) phone.type("2");
  else phone.press(button);
  phone.location(21.03, 105.85);
  for (const act of [phone.sticker, phone.photo, phone.voice, phone.unsupported]) act();
  phone.type("menu");
  phone.block();
}

/** Between a network and the webhook: notes each request and hands it on. */
async function openTap(door: Door, requests: Recorded[]): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await listen(
    async ({ headers, body }) => {
      const proof = Object.entries(headers).flatMap(([name, value]) =>
        name.startsWith("x-") && typeof value === "string" ? [[name, value] as const] : [],
      );
      const request = { url: door.url, headers: Object.fromEntries(proof), body };
      if (proof.length > 0 && body.length > 0) requests.push(request);
      return { status: await post(request.url, body, request.headers), headers: {}, body: "" };
    },
    () => "none",
  );
  return { url: `${server.root}/tap`, close: server.close };
}

type Addresses = readonly [telegram: string, zaloBot: string, zaloOa: string];

async function pointTo(stage: Stage, doors: Readonly<Record<NetworkName, Door>>, to: Addresses): Promise<void> {
  const { telegram, zaloBot, zaloOa } = stage;
  const secretOf = (name: NetworkName): string => Object.values(doors[name].proof(Buffer.alloc(0)))[0] ?? "";
  await setWebhook(`${telegram.root}/bot${telegram.token}`, to[0], secretOf("telegram"));
  await setWebhook(`${zaloBot.root}/bot${zaloBot.token}`, to[1], secretOf("zalo-bot"));
  await zaloOa.saveWebhook(to[2]);
}

async function setWebhook(api: string, url: string, secret: string): Promise<void> {
  const response = await fetch(`${api}/setWebhook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url, secret_token: secret }),
  });
  if (!(await response.text()).includes('"ok":true')) throw new Error("the webhook was not set");
}
