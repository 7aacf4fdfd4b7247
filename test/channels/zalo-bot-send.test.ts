import { mkdir, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { AxiosError } from "axios";
import { expect, onTestFinished, test, vi } from "vitest";
import { axiosFailure } from "../../src/channels/axios-failure.ts";
import type { ChannelError } from "../../src/channels/channel-error.ts";
import type { Outgoing } from "../../src/channels/port.ts";
import { createAgents } from "../../src/channels/zalo-bot/agents.ts";
import { temporaryFolder } from "../stores/temporary-folder.ts";
import { outgoing } from "./outgoing.ts";
import { attach, startWorld, unhurried, type World } from "./zalo-bot-world.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A bot with files at a public address, and Lan who has written to it. */
async function withMedia(plan: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const mediaFolder = await temporaryFolder();
  const files = {
    "poster.png": PNG,
    "calm.aac": Buffer.from("aac"),
    "calm.ogg": Buffer.from("ogg"),
    "broken.png": Buffer.from("?"),
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(mediaFolder, name), bytes);
  await mkdir(join(mediaFolder, "folder"));
  const world = await startWorld({ webhook: true, mediaFolder, files, network: { perSecond: 100 }, ...plan });
  await world.bot.start();
  world.network.phone("Lan").start();
  await vi.waitFor(() => expect(world.inbounds).toHaveLength(1), { timeout: 5_000 });
  return world;
}

function send({ bot, network }: World, parts: Partial<Outgoing>) {
  return bot.send(network.phone("Lan").chat, outgoing(parts), unhurried());
}

async function failure(world: World, parts: Partial<Outgoing> = {}): Promise<ChannelError> {
  return send(world, parts).then(
    () => Promise.reject(new Error("it was sent")),
    (error: ChannelError) => error,
  );
}

const shown = ({ network }: World) => network.phone("Lan").received();

test("a picture goes by its public address, with the text below it", async () => {
  const world = await withMedia();
  await send(world, { text: "Áp phích", media: { kind: "image", file: "poster.png" } });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(shown(world)).toMatchObject([{ text: "Áp phích", picture: { bytes: PNG } }]);
  expect(world.network.refusals).toEqual([]);
});

test("a picture without words has no caption", async () => {
  const world = await withMedia();
  await send(world, { text: "", media: { kind: "image", file: "poster.png" } });
  expect(shown(world)).toMatchObject([{ text: "", picture: { bytes: PNG } }]);
});

test("a recording goes as .aac after its text", async () => {
  const world = await withMedia();
  await send(world, { text: "Thở chậm", media: { kind: "voice", file: "calm.aac" } });
  expect(shown(world)).toMatchObject([{ text: "Thở chậm" }, { file: { name: "voice.aac" } }]);
});

test.each(["calm.ogg", "missing.png", "folder", "../package.json", "/etc/hostname", "..\\secret"])(
  "without a file to show (%s) the text goes alone",
  async (file) => {
    const world = await withMedia();
    await send(world, { text: "Thở chậm", media: { kind: file.endsWith("ogg") ? "voice" : "image", file } });
    expect(shown(world)).toMatchObject([{ text: "Thở chậm" }]);
    expect(shown(world)[0]?.picture).toBeUndefined();
    expect(world.network.refusals).toEqual([]);
  },
);

test("a picture that the network refuses gives way to its text", async () => {
  const world = await withMedia();
  await send(world, { text: "Áp phích", media: { kind: "image", file: "broken.png" } });
  expect(shown(world)).toMatchObject([{ text: "Áp phích" }]);
});

test("without a public address the text goes alone", async () => {
  const world = await withMedia({ webhook: false });
  await send(world, { text: "Áp phích", media: { kind: "image", file: "poster.png" } });
  expect(shown(world)).toMatchObject([{ text: "Áp phích" }]);
});

test("a link is written out once", async () => {
  const world = await withMedia();
  const links = [
    { label: "Tháng hành động", url: "https://example.org/a" },
    { label: "Luật", url: "https://example.org/b" },
  ];
  await send(world, { text: "Xem https://example.org/a nhé", links });
  expect(shown(world)[0]?.text).toBe("Xem https://example.org/a nhé\nLuật: https://example.org/b");
});

test("a message with nothing in it is not sent", async () => {
  const world = await withMedia();
  await send(world, { text: "" });
  expect(shown(world)).toEqual([]);
});

test("somebody who blocked the bot, or never wrote, is refused; a token taken back is said once an hour", async () => {
  const world = await withMedia();
  world.network.phone("Lan").block();
  expect((await failure(world)).failure).toBe("refused");
  world.network.revoke();
  expect((await failure(world)).failure).toBe("unauthorised");
  expect((await failure(world)).failure).toBe("unauthorised");
  expect(world.notices.filter(({ code }) => code === "token-refused")).toHaveLength(1);
});

test.each([
  [{ failing: 1 }, ["busy"]],
  [{ tooMany: 1 }, ["rate-limited"]],
  [{ cutBefore: 1 }, ["uncertain"]],
  [{ cutAfter: 1 }, ["uncertain"]],
])("%j is called %j", async (faults, expected) => {
  const world = await withMedia();
  Object.assign(world.network.faults, faults);
  for (let n = 0; n < 4; n++) expect(expected).toContain((await failure(world)).failure);
});

test("a page of a gateway in the place of an answer is no success", async () => {
  const { root } = await startRaw("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>");
  const world = await attach((await withMedia()).network, { settings: { apiRoot: root } });
  expect(await failure(world)).toMatchObject({ failure: "uncertain", detail: "http-200" });
});

test.each([
  [
    "a redirect is not followed",
    "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
    "busy",
  ],
  ["an endless answer is cut off", `HTTP/1.1 200 OK\r\n\r\n${"x".repeat(400_000)}`, "uncertain"],
  ["a cut answer", 'HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"ok":true', "uncertain"],
  ["a code in the other spelling", answerOf({ ok: false, errorCode: 429 }), "rate-limited"],
  ["a code as text", answerOf({ ok: false, error_code: "401" }), "unauthorised"],
  ["a failure without a code", answerOf({ ok: false }), "busy"],
  ["success that does not say so", answerOf({ result: {} }), "uncertain"],
])("%s", async (_, raw, expected) => {
  const { root } = await startRaw(raw);
  const world = await attach((await withMedia()).network, { settings: { apiRoot: root } });
  expect((await failure(world)).failure).toBe(expected);
});

test("where nobody listens, nothing was sent", async () => {
  const world = await attach((await withMedia()).network, { settings: { apiRoot: "http://127.0.0.1:1" } });
  const error = await failure(world);
  expect(error).toMatchObject({ failure: "unavailable", detail: "ECONNREFUSED" });
});

test("a connection that does not open in time was never used: nothing was sent", async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : 0;
  const agent = createAgents(100).https;
  const error = await new Promise<unknown>((resolve) => get({ port, agent }).once("error", resolve));
  expect(axiosFailure(AxiosError.from(error instanceof Error ? error : undefined))).toMatchObject({
    failure: "unavailable",
    detail: "ETIMEDOUT",
  });
});

test("a send that is called off ends at once", async () => {
  const world = await withMedia();
  world.network.outage = "silent";
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  const sent = world.bot.send(world.network.phone("Lan").chat, outgoing(), stop.signal);
  await expect(sent).rejects.toMatchObject({ failure: "uncertain" });
  await expect(world.bot.send("6e", outgoing(), stop.signal)).rejects.toMatchObject({ failure: "unavailable" });
});

test("no error carries the token, the address or the words, however deep one looks", async () => {
  const healthy = await withMedia();
  const { network } = healthy;
  const worlds = [
    healthy,
    await attach(network, { settings: { apiRoot: "http://127.0.0.1:1" } }),
    await attach(network, {
      settings: { apiRoot: (await startRaw("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n")).root },
    }),
  ];
  network.faults.cutBefore = 1;
  for (const world of worlds) {
    const error = await failure(world, { text: "bí mật" });
    const everything = inspect(error, { depth: 20, showHidden: true, getters: true });
    for (const secret of [network.token, "bí mật", network.phone("Lan").chat, "127.0.0.1"]) {
      expect(everything).not.toContain(secret);
    }
  }
});

function answerOf(value: unknown): string {
  const body = JSON.stringify(value);
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** Answers every connection with these bytes and closes it. */
async function startRaw(bytes: string): Promise<{ readonly root: string }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined).once("data", () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { root: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
}
