import { expect, test } from "vitest";
import { rawConnection } from "../server/raw.ts";
import { NETWORKS, ROOMY } from "../support/networks/rig.ts";
import { query } from "../system/database.ts";
import { doorsOf, post, signatureOf } from "./system/doors.ts";
import { fuzzStage, INVENTED } from "./system/fuzz.ts";
import { type Recorded, record } from "./system/record.ts";
import { answerTo, type Stage } from "./system/stage.ts";
import { stageForTest } from "./system/stage-for-test.ts";

const BODIES = 1_500;

test(`${BODIES} bodies for each webhook: no failure of the server, and people are answered at once afterwards`, async () => {
  const stage = await stageForTest(ROOMY, INVENTED);
  const { statuses, answers } = await fuzzStage(stage, BODIES, 20261115);
  for (const name of NETWORKS) {
    expect(statuses[name]?.["401"]).toBeGreaterThan(BODIES / 10);
    expect(statuses[name]?.["200"]).toBeGreaterThan(BODIES / 10);
    expect(answers[name]).toBeLessThan(1_000);
  }
  expect(await stage.bot.stop()).toBe(0);
});

/** All that an update could change; what the delivery counts follows later and is left out. */
function effects({ dataDir }: Stage): unknown {
  return query(
    dataDir,
    `SELECT (SELECT count(*) FROM citizen) AS citizens, (SELECT group_concat(seq) FROM citizen) AS messages,
       (SELECT count(*) FROM seen) AS seen, (SELECT sum(n) FROM count WHERE flow <> 'delivery') AS counted`,
  );
}

/** Somebody on each network who greets and asks for help, as the networks report it. */
async function withPeople(): Promise<{ stage: Stage; requests: readonly Recorded[] }> {
  const stage = await stageForTest(ROOMY);
  const recording = await record(stage, async (phone) => {
    await answerTo(phone, ({ start }) => start());
    await answerTo(phone, ({ type }) => type("giúp"));
  });
  return { stage, requests: NETWORKS.flatMap((name) => recording[name]) };
}

test("what is forged, repeated or old is refused or has no second effect", async () => {
  const { stage, requests } = await withPeople();
  expect(requests.length).toBeGreaterThanOrEqual(6);
  const before = effects(stage);
  for (const { url, headers, body } of requests) {
    expect(await post(url, body, {})).toBe(401);
    expect(await post(url, body, wrong(headers))).toBe(401);
    expect(await post(url, Buffer.concat([body, Buffer.from(" ")]), {})).toBe(401);
    expect(await post(url, body, headers)).toBe(200);
  }
  const { "zalo-oa": account } = await doorsOf(stage);
  const body = Buffer.from(JSON.stringify(recent(stage, Date.now())));
  const day = 86_400_000;
  expect(await post(account.url, body, signatureOf(stage, body, Date.now() - day - 3_600_000))).toBe(401);
  const old = stage.zaloOa.signed(recent(stage, Date.now() - day - 3_600_000));
  expect(await post(account.url, old.body, old.headers)).toBe(401);
  expect(effects(stage)).toEqual(before);
  expect(await post(account.url, body, signatureOf(stage, body, Date.now()))).toBe(200);
  expect(effects(stage)).not.toEqual(before);
});

/** An update that this account has not sent yet. */
function recent({ zaloOa }: Stage, at: number): Readonly<Record<string, unknown>> {
  return {
    app_id: zaloOa.appId,
    event_name: "user_send_text",
    sender: { id: zaloOa.phone("Người ghi mẫu").chat },
    recipient: { id: zaloOa.oaId },
    message: { msg_id: "96ffffffffffffff", text: "menu" },
    timestamp: String(at),
  };
}

/** The same proof with its last character changed. */
function wrong(headers: Readonly<Record<string, string>>): Record<string, string> {
  const change = (value: string): string => value.slice(0, -1) + (value.endsWith("0") ? "1" : "0");
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, change(value)]));
}

test("what comes slowly or in pieces is taken, what is too large is not", async () => {
  const { stage, requests } = await withPeople();
  const before = effects(stage);
  for (const request of requests) {
    expect(await sendInPieces(stage.bot.port, request, "slow")).toContain(" 200 ");
    expect(await sendInPieces(stage.bot.port, request, "chunked")).toContain(" 200 ");
    const connection = rawConnection(stage.bot.port);
    connection.write(`${headOf(request)}content-length: 400000\r\n\r\n`);
    expect(await connection.gone).toMatch(/^HTTP\/1\.1 413 /);
  }
  expect(effects(stage)).toEqual(before);
});

async function sendInPieces(port: number, request: Recorded, manner: "slow" | "chunked"): Promise<string> {
  const connection = rawConnection(port);
  const text = request.body.toString("utf8");
  const pieces = text.match(/.{1,120}/gsu) ?? [];
  const length = manner === "slow" ? `content-length: ${request.body.length}` : "transfer-encoding: chunked";
  connection.write(`${headOf(request)}connection: close\r\n${length}\r\n\r\n`);
  for (const piece of pieces) {
    await new Promise((resolve) => setTimeout(resolve, manner === "slow" ? 30 : 0));
    connection.write(manner === "slow" ? piece : `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`);
  }
  if (manner === "chunked") connection.write("0\r\n\r\n");
  return connection.gone;
}

function headOf({ url, headers }: Recorded): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${new URL(url).pathname} HTTP/1.1\r\nhost: x\r\n${lines.join("")}`;
}
