import { expect, test } from "vitest";
import { zaloOaTokens } from "../../src/commands/zalo-oa-tokens.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { NETWORKS, type NetworkName, ROOMY } from "../support/networks/rig.ts";
import { countsIn, query } from "../system/database.ts";
import { bytesIn } from "../system/folder.ts";
import { formsIn } from "../system/planted.ts";
import { doorsOf, post } from "./system/doors.ts";
import { answerTo, LATE, type Stage, until } from "./system/stage.ts";
import { stageForTest } from "./system/stage-for-test.ts";

/** Words that stand nowhere in the program, so that every trace of them is a leak. */
const PHRASE = "trúc-biếc-lam-9241";
const BARE = "truc-biec-lam-9241";
/** A safe word has no digits. */
const SAFE_WORD = "trúc biếc lam";
const NAME = "Trúc Biếc Lam 9241";
const DISCLOSURE = `chồng tôi đánh tôi, tôi tên ${PHRASE}`;

/** What people type one after the other; numbers and labels lead on without waiting for the answers. */
const TALKS: readonly (readonly string[])[] = [
  [PHRASE, PHRASE.normalize("NFD"), BARE, PHRASE.toUpperCase(), `/${BARE}`, `/start ${BARE}`, PHRASE.repeat(150)],
  [DISCLOSURE, PHRASE, "2", PHRASE, DISCLOSURE, "3", PHRASE],
  ["giúp", "2", PHRASE, "1", "1", PHRASE, "Quảng Ninh", `${PHRASE} Quảng Ninh`],
  ["viết đơn", "1", "1", PHRASE, "bỏ qua", ...Array<string>(6).fill(`${PHRASE}, 12 Trần Phú`)],
  ["góp ý", "2", `Thêm đèn đường ở thôn ${PHRASE}`],
  ["góp ý", "2", `Thêm đèn đường ở thôn ${PHRASE}`, "2", "góp ý", "3", `Số này sai: ${PHRASE}`],
  ["cài đặt", "từ an toàn", SAFE_WORD, "giúp", SAFE_WORD],
  ["đố vui", "1", PHRASE, "mẹo", PHRASE, "menu", PHRASE],
];

/** Flows that these talks have to lead to; the way out of the bot proves that the safe word was heard. */
const REACHED = ["draft", "exit", "feedback", "help", "quizzes", "settings", "tips", "unreadable", "welcome"];

async function talk(stage: Stage, network: NetworkName): Promise<readonly string[]> {
  const phones = TALKS.map((_, i) => stage.phone(network, `${NAME} ${i}`));
  for (const [i, phone] of phones.entries()) {
    if (i % 2 === 0) phone.start();
    for (const text of TALKS[i] ?? []) phone.type(text);
    phone.location(21.03, 105.85);
    phone.photo();
  }
  await until("all updates to be taken", () => stage.network(network).waiting() === 0, 20_000);
  return phones.map(({ chat }) => chat);
}

/** Bodies that are refused, with the phrase in them. */
async function strangeBodies(stage: Stage): Promise<void> {
  for (const { url, proof } of Object.values(await doorsOf(stage))) {
    for (const text of [`{"text":"${PHRASE}`, `{"${PHRASE}":1}`, `"${PHRASE}"`]) {
      const body = Buffer.from(text);
      await post(url, body, proof(body));
      await post(url, body, {});
      await post(`${url}${BARE}`, body, { "x-note": BARE });
    }
  }
}

/** Everything that only the operator and the networks know. */
async function secretsOf(stage: Stage): Promise<readonly string[]> {
  const { telegram, zaloBot, zaloOa, dataDir } = stage;
  const team = await openLowdbStore({ folder: dataDir });
  const pair = await zaloOaTokens(team, await openKeyring(dataDir)).read();
  await team.close();
  if (pair === null) throw new Error("nobody has logged in");
  const doors = await doorsOf(stage);
  const proofs = [doors.telegram, doors["zalo-bot"]].flatMap(({ proof }) => Object.values(proof(Buffer.alloc(0))));
  const paths = [doors.telegram, doors["zalo-bot"]].map(({ url }) => new URL(url).pathname.split("/").at(-1) ?? "");
  const tokens = [telegram.token, zaloBot.token, zaloOa.appSecret, zaloOa.oaSecretKey];
  return [...tokens, pair.accessToken, pair.refreshToken, ...proofs, ...paths];
}

/** Where any of these stands in the data folder, in what the bot said, or on its public pages; empty when nowhere. */
async function traces(stage: Stage, running: boolean, planted: readonly string[]): Promise<string[]> {
  const pages = running ? ["/metrics", "/readyz", "/healthz"] : [];
  const places = new Map<string, Buffer | string>([
    ...(await stored(stage)),
    ["the log", stage.bot.output()],
    ...(await Promise.all(pages.map(async (page) => [page, await textOf(stage.bot.address + page)] as const))),
  ]);
  return [...places].flatMap(([place, bytes]) =>
    planted.flatMap((phrase) => formsIn(bytes, phrase).map((form) => `${phrase} (${form}) in ${place}`)),
  );
}

/** Every byte of the data folder. A file that is just being replaced may vanish under one's eyes: then once more. */
async function stored(stage: Stage): Promise<ReadonlyMap<string, Buffer>> {
  for (let tries = 1; ; tries++) {
    try {
      return await bytesIn(stage.dataDir);
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

test("words, names, chats and secrets are in no file, log or figure: while it runs, after a stop, after a start", async () => {
  const stage = await stageForTest({ ...ROOMY, env: { ...ROOMY.env, LOG_LEVEL: "debug" } }, LATE);
  for (const name of NETWORKS)
    Object.assign(stage.network(name).faults, { failing: 0.1, cutBefore: 0.05, tooMany: 0.05 });
  const chats = (await Promise.all(NETWORKS.map((name) => talk(stage, name)))).flat();
  await strangeBodies(stage);
  const planted = [PHRASE, BARE, SAFE_WORD, NAME, ...chats, ...(await secretsOf(stage))];
  const flows = new Set(countsIn(stage.dataDir).map(({ flow }) => flow));
  expect(REACHED.filter((flow) => !flows.has(flow))).toEqual([]);
  expect(query(stage.dataDir, "SELECT count(*) > 0 AS waiting FROM outbox")).toEqual([{ waiting: 1 }]);
  expect(await traces(stage, true, planted)).toEqual([]);
  const roots = NETWORKS.map((name) => new URL(stage.network(name).root).host);
  expect(roots.filter((root) => stage.bot.output().includes(root))).toEqual([]);
  expect(await stage.bot.stop()).toBe(0);
  expect(await traces(stage, false, planted)).toEqual([]);
  await stage.restart();
  await answerTo(stage.phone("zalo-oa", "Người mới"), ({ type }) => type(PHRASE));
  expect(await traces(stage, true, planted)).toEqual([]);
});

/** What the database holds about the only citizen of a network. */
function rowOf(stage: Stage, channel: NetworkName): { key: string; address: Buffer; trail: number } {
  const [row] = query(
    stage.dataDir,
    `SELECT key, address, (SELECT count(*) FROM trail WHERE citizen = citizen.id) AS trail
       FROM citizen WHERE channel = ?`,
    channel,
  );
  const { key, address, trail } = row ?? {};
  if (typeof key !== "string" || !(address instanceof Uint8Array)) throw new Error("the citizen is not held");
  return { key, address: Buffer.from(address), trail: Number(trail) };
}

test("/xoa leaves not a row, and within seconds not a byte, of address and trail on any network", async () => {
  const stage = await stageForTest(ROOMY);
  await Promise.all(NETWORKS.map((name) => forgetSomebody(stage, name)));
  const rows = "(SELECT count(*) FROM citizen) + (SELECT count(*) FROM seen) + (SELECT count(*) FROM outbox)";
  expect(query(stage.dataDir, `SELECT ${rows} + (SELECT count(*) FROM trail) AS n`)).toEqual([{ n: 0 }]);
});

async function forgetSomebody(stage: Stage, name: NetworkName): Promise<void> {
  const phone = stage.phone(name, NAME);
  await answerTo(phone, ({ start }) => start());
  await answerTo(phone, ({ type }) => type("/xoa"));
  const { key, address, trail } = rowOf(stage, name);
  expect([address.includes(phone.chat), trail > 0]).toEqual([false, name === "telegram"]);
  const files = async (part: string | Buffer) =>
    [...(await stored(stage)).values()].filter((bytes) => bytes.includes(part)).length;
  expect(await files(address)).toBeGreaterThan(0);
  await answerTo(phone, ({ type }) => type("1"));
  await until("nothing to be left", async () => (await files(address)) + (await files(key)) === 0);
}
