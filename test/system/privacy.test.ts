import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { seededRandom } from "../../src/bot/random.ts";
import { Session } from "../../src/flow/session.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { type RunningServer, runCommand } from "../support/server.ts";
import { type Answer, ChatClient } from "./chat-client.ts";
import { query } from "./database.ts";
import { bytesIn } from "./folder.ts";
import { useOwnServer } from "./own-server.ts";
import { formsIn } from "./planted.ts";
import { realApp } from "./real-app.ts";

/** Words that stand nowhere in the program, so that every trace of them is a leak. */
const PHRASE = "vạn-tuế-xanh-7713";
const BARE = "van-tue-xanh-7713";
const WAYS = [PHRASE, PHRASE.normalize("NFD"), BARE, PHRASE.toUpperCase(), `/${PHRASE}`] as const;
const DISCLOSURE = `chồng tôi đánh tôi, tôi tên ${PHRASE}`;

const own = useOwnServer();

/** Where a phrase stands in the data folder and in what the server said; empty when nowhere. */
async function traces(server: RunningServer, phrase: string): Promise<string[]> {
  const places = new Map<string, Buffer | string>([...(await bytesIn(own.dataDir)), ["the log", server.output()]]);
  return [...places].flatMap(([place, bytes]) => formsIn(bytes, phrase).map((form) => `${form} in ${place}`));
}

async function printed(command: "counts" | "proposals"): Promise<string> {
  const { code, stdout, stderr } = await runCommand([command], { env: { DATA_DIR: own.dataDir } });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

/** Buttons, several with a space between, that lead to a question of every kind; to all that take typed words (see the test). */
const WAYS_THERE = [
  ...["welcome:consent:no", "campaign:choose:past", "tips:choose:topics", "quizzes:choose:digital-age"],
  ...["safety:choose:evidence", "report:choose:intimate-images", "help:can-talk:safe", "help:danger:no"],
  ...["menu:choose:report", "report:choose:online", "report:choose:intimate-images report:card:who"],
  ...[
    "help:next:near",
    "help:can-talk:danger",
    "help:what:domestic-violence",
    "help:whom:somebody",
    "help:whom:hurting",
  ],
  ...["help:whose-child:me", "bystander:hello:no"],
  ...[
    "help:more:need",
    "help:what:legal",
    "bystander:child-next:near",
    "bystander:words:near",
    "bystander:what:legal",
    "child:more:near",
  ],
  ...["hurting:plan:talk", "hurting:pause:legal", "settings:choose:place", "settings:choose:language"],
  ...["feedback:choose:rate", "feedback:choose:proposal", "feedback:choose:wrong", "pledge:choose:listen"],
  ...["draft:before:write", "forget:sure:no", "::menu", "::help"],
];

/** What leads to a question of help that no button leads to. */
const SAID_BEFORE = [["chồng em hay đánh em"], ["thủ tục ly hôn nộp đơn ở đâu"], ["giúp", "abc xyz"]];

/** Types the phrase in every way at every question; resolves with the questions. */
async function typeEverywhere(server: RunningServer): Promise<Set<string>> {
  const questions = new Set<string>();
  for (const token of WAYS_THERE) {
    const client = new ChatClient(() => server.address);
    await client.say(PHRASE);
    for (const text of [...WAYS, DISCLOSURE]) {
      const { flow, node } = await pressAll(client, token.split(" "));
      questions.add(`${flow}.${node}`);
      const answer = await client.say(text);
      if (text === DISCLOSURE) expect(["help", "bystander", "child", "hurting", "report"]).toContain(answer.flow);
    }
    await client.press(`feedback:proposal:${BARE}`);
    await client.press(PHRASE);
    await client.open(BARE);
  }
  for (const before of SAID_BEFORE) {
    for (const text of WAYS) {
      const client = new ChatClient(() => server.address);
      for (const words of before) {
        const { flow, node } = await client.say(words);
        questions.add(`${flow}.${node}`);
      }
      await client.say(text);
    }
  }
  return questions;
}

async function pressAll(client: ChatClient, [first = "", ...rest]: readonly string[]): Promise<Answer> {
  let answer = await client.press(first);
  for (const token of rest) answer = await client.press(token);
  return answer;
}

/** Every question at which typed words are more than a choice. */
async function typedQuestions(): Promise<string[]> {
  const { program } = await realApp();
  return [...program.flows.values()].flatMap(({ id, nodes }) =>
    [...nodes].flatMap(([nodeId, node]) => {
      const typed = node.kind === "place" || (node.kind === "ask" && node.free_text !== undefined);
      return typed ? [`${id}.${nodeId}`] : [];
    }),
  );
}

/** Somebody who presses anything but "send it", and types the phrase in between. */
async function wander(server: RunningServer, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const client = new ChatClient(() => server.address, seed % 2 === 0 ? "vi" : "en");
  let at: Answer = await client.open();
  for (let turn = 0; turn < 40; turn++) {
    const shown = client.shown.at(-1)?.choices.filter(({ token }) => !/^feedback:.*-confirm:yes$/.test(token)) ?? [];
    const token = any(shown)?.token ?? "::menu";
    at = random() < 0.4 ? await client.say(any(WAYS) ?? PHRASE) : await client.press(token);
    expect(at.flow).not.toBeNull();
  }
}

/** Requests that are refused, with the phrase in every part that can carry one. */
async function refusedRequests({ address }: RunningServer): Promise<number[]> {
  const chat = `${address}/api/chat`;
  const token = "a".repeat(22);
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(chat, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    });
  const input = (text: string) =>
    JSON.stringify({ id: crypto.randomUUID(), lang: "vi", input: { kind: "text", text }, after: 0 });
  const answers = await Promise.all([
    post(`{"id": "${PHRASE}`),
    post(JSON.stringify({ id: PHRASE, lang: PHRASE, input: { kind: PHRASE }, after: PHRASE })),
    post(input(PHRASE.repeat(300))),
    post(input(PHRASE.repeat(3_000))),
    post(input(PHRASE), { authorization: `Bearer ${BARE}` }),
    post(input(PHRASE), { "content-type": "text/plain" }),
    fetch(`${chat}?after=${encodeURIComponent(PHRASE)}`, { headers: { authorization: `Bearer ${token}` } }),
    fetch(`${address}/${encodeURIComponent(PHRASE)}?${encodeURIComponent(PHRASE)}`),
    fetch(`${address}/?start=${BARE}&lang=${BARE}`),
    fetch(`${chat}/forget`, { method: "POST", body: PHRASE }),
  ]);
  return answers.map(({ status }) => status);
}

test("typed words are nowhere: not in a file, not in the log, not in the counts; not while it runs, nor after", async () => {
  const server = await own.start();
  const questions = await typeEverywhere(server);
  expect((await typedQuestions()).filter((question) => !questions.has(question))).toEqual([]);
  await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => wander(server, seed)));
  expect(await refusedRequests(server)).toEqual([400, 400, 413, 413, 401, 400, 400, 404, 200, 400]);
  expect(await traces(server, PHRASE)).toEqual([]);
  expect(await server.stop()).toBe(0);
  expect(await traces(server, PHRASE)).toEqual([]);
  expect(formsIn((await printed("counts")) + (await printed("proposals")), PHRASE)).toEqual([]);
  const again = await own.start();
  await new ChatClient(() => again.address).say(PHRASE);
  expect(await traces(again, PHRASE)).toEqual([]);
  await again.kill9();
  expect(await traces(again, PHRASE)).toEqual([]);
});

test("the search itself finds words that are kept: a proposal, told with its day and box and nothing else", async () => {
  const server = await own.start();
  const client = new ChatClient(() => server.address);
  const text = `Thêm đèn đường ở thôn ${PHRASE}`;
  await client.press("feedback:choose:proposal");
  await client.say(text);
  expect(await traces(server, PHRASE)).toEqual([]);
  expect((await client.press("feedback:proposal-confirm:yes")).flow).toBe("menu");
  expect(await traces(server, PHRASE)).not.toEqual([]);
  expect(formsIn(server.output(), PHRASE)).toEqual([]);
  await server.stop();
  const [stored] = query(own.dataDir, "SELECT day FROM submission");
  expect(JSON.parse(await printed("proposals"))).toEqual({ box: "proposal", ...stored, text });
  const { citizenKey } = await openKeyring(own.dataDir);
  const near = [...(await bytesIn(own.dataDir)).values()].flatMap((bytes) => around(bytes, Buffer.from(text)));
  expect(near.filter((part) => part.includes(client.token) || part.includes(citizenKey("web", client.token)))).toEqual(
    [],
  );
  expect(formsIn(await printed("counts"), PHRASE)).toEqual([]);
});

/** A kilobyte before and after each place where the bytes hold a text. */
function around(bytes: Buffer, text: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    found.push(bytes.subarray(Math.max(0, at - 1_024), at + text.length + 1_024));
  }
  return found;
}

test("of a help conversation the store has the position only, not the answers", async () => {
  const server = await own.start();
  const client = new ChatClient(() => server.address);
  await client.open("help");
  for (const token of ["help:can-talk:safe", "help:whom:me", "help:what:legal"]) await client.press(token);
  await client.press("help:next:near");
  expect(storedSession()).toMatchObject({ frames: [{ flow: "welcome" }, { flow: "help", node: "place", vars: {} }] });
  expect((await client.say("Cần Thơ")).node).toBe("next");
  const { frames, me } = storedSession();
  expect([frames.at(-1), Object.keys(me)]).toEqual([{ flow: "help", node: "next", vars: {} }, ["lang"]]);
});

/** The session of the only citizen, as the database holds it. */
function storedSession(): Session {
  const { session } = z.object({ session: z.string() }).parse(query(own.dataDir, "SELECT session FROM citizen")[0]);
  return Session.parse(JSON.parse(session));
}

test.each([
  { name: "refused", say: `Thêm đèn đường ở thôn ${PHRASE}`, next: "feedback:proposal-confirm:no" },
  { name: "left unsent", say: `Thêm đèn đường ở thôn ${PHRASE}`, next: "::menu" },
  { name: "that discloses harm", say: DISCLOSURE, next: "feedback:proposal-confirm:yes" },
])("a proposal $name is nowhere", async ({ say, next }) => {
  const server = await own.start();
  const client = new ChatClient(() => server.address);
  await client.press("feedback:choose:proposal");
  await client.say(say);
  await client.press(next);
  expect(await traces(server, PHRASE)).toEqual([]);
  await server.stop();
  expect(await traces(server, PHRASE)).toEqual([]);
  expect(await printed("proposals")).toBe("");
});

test("the terminal keeps nothing at all: no file, and no word in its messages of trouble", async () => {
  const input = `${PHRASE}\ngiúp\n${DISCLOSURE}\n`;
  const { code, stderr } = await runCommand(["chat", "--json"], { input, env: { DATA_DIR: own.dataDir } });
  expect([code, stderr, [...(await bytesIn(own.dataDir)).keys()]]).toEqual([0, "", []]);
});

describe("forgetting", () => {
  const ROWS = `
    SELECT (SELECT count(*) FROM citizen) + (SELECT count(*) FROM seen) + (SELECT count(*) FROM outbox)
      + (SELECT count(*) FROM referral) AS n`;

  /** Somebody who agreed to be known, gave a place, and asked for help. */
  async function known(server: RunningServer): Promise<ChatClient> {
    const client = new ChatClient(() => server.address);
    await client.open();
    await client.press("welcome:consent:yes");
    await client.press("settings:choose:place");
    await client.say("Quảng Ninh");
    await client.exit("help");
    expect(query(own.dataDir, ROWS)).not.toEqual([{ n: 0 }]);
    return client;
  }

  const ways: readonly { name: string; forget: (client: ChatClient) => Promise<unknown> }[] = [
    { name: "quick exit", forget: (client) => client.forget() },
    { name: "/xoa", forget: (client) => client.say("/xoa").then(() => client.press("forget:sure:yes")) },
  ];

  test.each(ways)("$name leaves not a row, and within seconds not a byte, of the citizen", async ({ forget }) => {
    const server = await own.start();
    const client = await known(server);
    const { citizenKey } = await openKeyring(own.dataDir);
    const key = citizenKey("web", client.token);
    const files = async () => [...(await bytesIn(own.dataDir)).values()].filter((bytes) => bytes.includes(key)).length;
    expect(await files()).toBeGreaterThan(0);
    await forget(client);
    expect(query(own.dataDir, ROWS)).toEqual([{ n: 0 }]);
    await expect.poll(files, { timeout: 5_000 }).toBe(0);
    expect(server.output()).not.toContain(client.token);
  });

  test("quick exit may be asked for again, and by somebody unknown", async () => {
    const server = await own.start();
    const client = await known(server);
    expect([await client.forget(), await client.forget()]).toEqual([204, 204]);
    expect(await new ChatClient(() => server.address).forget()).toBe(204);
    expect(query(own.dataDir, ROWS)).toEqual([{ n: 0 }]);
  });
});

test("a second process on the same data folder ends with 1 and says why", async () => {
  const first = await own.start();
  const { code, stdout, stderr } = await runCommand(["start"], { env: { DATA_DIR: own.dataDir, PORT: "0" } });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    `an-tam: Another An Tâm is running with the data folder ${own.dataDir}. ` +
      "Stop that one first, or start this one with another data folder.\n",
  );
  expect((await new ChatClient(() => first.address).open()).flow).toBe("welcome");
  await first.kill9();
  await own.start();
});

test("only the owner may read what is kept", async () => {
  await own.start();
  const mode = async (name: string) => ((await stat(join(own.dataDir, name))).mode & 0o777).toString(8);
  expect(await mode(".")).toBe("700");
  const names = ["keys.json", "citizens.sqlite", "citizens.sqlite-wal", "in-use.lock"];
  expect(await Promise.all(names.map(mode))).toEqual(["600", "600", "600", "600"]);
});
