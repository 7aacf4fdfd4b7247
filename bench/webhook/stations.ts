import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { App } from "../../src/commands/app.ts";
import type { Sessions } from "../grammy-runner.ts";
import { Child, halt } from "./child.ts";
import type { Address } from "./http-pool.ts";
import { type ApiQuestion, Webhook } from "./messages.ts";
import { startProduct } from "./product.ts";

/** A contender that serves a webhook in a process of its own. */
export interface Station {
  readonly name: string;
  readonly to: Address;
  /** Only the one that is measured goes on; the others cost nothing. */
  halt(on: boolean): void;
  close(): Promise<void>;
}

/** The network that all of them send to. */
export interface ApiRoot {
  readonly root: string;
  ask(question: ApiQuestion): Promise<unknown>;
  close(): Promise<void>;
}

export const BARE = "bare node:http";
export const OURS = "An Tâm";

export async function openApiRoot(): Promise<ApiRoot> {
  const child = new Child("api-root.ts");
  const ask = (question: ApiQuestion) => child.ask(question);
  return { root: `http://127.0.0.1:${z.int().parse(await ask("port"))}`, ask, close: () => child.close() };
}

/** Everybody, ready and stopped. Citizens are at the menu; ours knows so many of them. */
export async function openStations(app: App, api: ApiRoot, citizens: number): Promise<readonly Station[]> {
  const peer = (name: string, module: string, sessions: Sessions = "memory") =>
    openPeer({ name, module, sessions, apiRoot: api.root, texts: app.bundle.texts.vi });
  const stations = [
    await peer(BARE, "bare.ts"),
    await openOurs(app, api, citizens),
    await peer(peerName("grammY", "memory"), "grammy.ts", "memory"),
    await peer(peerName("grammY", "flushed"), "grammy.ts", "flushed"),
    await peer(peerName("telegraf", "memory"), "telegraf.ts", "memory"),
    await peer(peerName("telegraf", "flushed"), "telegraf.ts", "flushed"),
  ];
  for (const station of stations) station.halt(true);
  return stations;
}

/** How a peer is called in tables. */
function peerName(library: string, sessions: Sessions): string {
  return `${library}, sessions ${KEPT[sessions]}`;
}

/** Where a peer's sessions are. */
export const KEPT = { memory: "in memory", flushed: "flushed" } as const satisfies Record<Sessions, string>;

async function openOurs(app: App, api: ApiRoot, citizens: number): Promise<Station> {
  const { process, port, close } = await startProduct(app, api.root, citizens);
  const { url, secret_token: secret } = Webhook.parse(await api.ask("webhook"));
  return { name: OURS, to: { port, path: new URL(url).pathname, secret }, halt: (on) => halt(process, on), close };
}

interface Peer {
  readonly name: string;
  readonly module: string;
  readonly sessions: Sessions;
  readonly apiRoot: string;
  readonly texts: ReadonlyMap<string, string>;
}

async function openPeer({ name, module, ...settings }: Peer): Promise<Station> {
  const child = new Child(module);
  const secret = randomBytes(32).toString("base64url");
  const port = z.int().parse(await child.ask({ ...settings, secret, path: PATH }));
  return { name, to: { port, path: PATH, secret }, halt: (on) => halt(child.process, on), close: () => child.close() };
}

const PATH = "/webhook";
