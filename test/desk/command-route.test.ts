import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DeskOptions, desk as runDesk, type WithDesk } from "../../src/commands/desk.ts";
import { readConfig } from "../../src/config.ts";
import { COMMAND_PATH, COMMAND_PURPOSE, commandRoute } from "../../src/desk/command/route.ts";
import { AppError } from "../../src/errors.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { announceAddress, forgetAddress } from "../../src/stores/running-address.ts";
import { startStage } from "../server/stage.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { commandDesk, NOW } from "./command-desk.ts";

const SECRET = "the-secret-of-this-installation";
const BODY = JSON.stringify({ words: ["broadcast", "release", "tin-1"], as: "mai", input: {}, fields: [] });

async function stageWith(secret = SECRET) {
  const { desk, done } = commandDesk();
  const route = commandRoute({ desk, secret, now: () => NOW, base: () => "https://antam.example" });
  return { ...(await startStage({ parts: [route] })), done };
}

const JSON_TYPE = { "content-type": "application/json" };
const allowed = { ...JSON_TYPE, authorization: `Bearer ${SECRET}` };

test("a program of this machine that has the secret is answered, and no copy of the answer is kept", async () => {
  const { post, done } = await stageWith();
  const response = await post(COMMAND_PATH, BODY, allowed);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await response.json()).toEqual({ kind: "done", result: { kept: true } });
  expect(done).toHaveLength(1);
});

test.each([
  ["nothing to show", JSON_TYPE],
  ["another secret", { ...JSON_TYPE, authorization: "Bearer the-secret" }],
  ["the secret without its word", { ...JSON_TYPE, authorization: SECRET }],
  ["a proxy that speaks for somebody", { ...allowed, "x-forwarded-for": "127.0.0.1" }],
  ["a proxy that only says it is one", { ...allowed, via: "1.1 x" }],
])("for whoever has %s there is no such address", async (_, headers) => {
  const { post, done, address } = await stageWith();
  const response = await post(COMMAND_PATH, BODY, headers);
  const nowhere = await post("/desk/nowhere", BODY, headers);
  expect([response.status, await response.text()]).toEqual([404, await nowhere.text()]);
  const broken = await post(COMMAND_PATH, "{", headers);
  expect([broken.status, (await fetch(`${address}${COMMAND_PATH}`, { headers })).status]).toEqual([404, 404]);
  expect(done).toEqual([]);
});

test("what is no command, or too long, is not tried", async () => {
  const { post, done } = await stageWith();
  expect((await post(COMMAND_PATH, '{"words":[]}', allowed)).status).toBe(400);
  expect((await post(COMMAND_PATH, "{", allowed)).status).not.toBe(200);
  const long = JSON.stringify({ words: [], input: { text: "a".repeat(300_000) }, fields: [] });
  expect((await post(COMMAND_PATH, long, allowed)).status).not.toBe(200);
  expect(done).toEqual([]);
});

test("nothing of a command is logged", async () => {
  const { post, logged } = await stageWith();
  await post(COMMAND_PATH, BODY, allowed);
  await expect.poll(() => logged.length).toBeGreaterThan(0);
  expect(logged.join("\n")).not.toMatch(/tin-1|mai|the-secret/);
});

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

const inUse: WithDesk = async () => {
  throw new AppError("data_folder_in_use", "in use");
};

/** The command with what it prints. */
async function run(argv: readonly string[], options: DeskOptions, withDesk: WithDesk) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0),
  ];
  try {
    const code = await runDesk(readConfig({ DATA_DIR: folder }), argv, options, withDesk);
    return { code, out: out.join(""), err: err.join("") };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const own: WithDesk = (_, use) => use(commandDesk().desk);

test("a command is handed to the bot that has the data folder", async () => {
  const { secretFor } = await openKeyring(folder);
  const { address, done } = await stageWith(secretFor(COMMAND_PURPOSE));
  await announceAddress(folder, address.replace("127.0.0.1", "0.0.0.0"));
  const printed = await run(["broadcast", "release", "tin-1"], { as: "mai", lang: "en" }, inUse);
  expect(printed).toEqual({ code: 0, out: "kept: true\n", err: "" });
  expect(done).toHaveLength(1);
});

test.each([
  ["another installation has the port", "404", async (address: string) => announceAddress(folder, address)],
  ["nobody listens any more", "ECONNREFUSED", async () => announceAddress(folder, "http://127.0.0.1:9")],
  ["no address is known", "Try again", () => forgetAddress(folder)],
  ["the file is not whole", "Try again", () => writeFile(join(folder, "address.json"), '{"addr')],
  ["the address is none of ours", "Try again", () => writeFile(join(folder, "address.json"), '{"address":"ftp://a"}')],
])("when %s the command says so and shows no secret", async (_, says, prepare) => {
  const { secretFor } = await openKeyring(folder);
  const { address, done } = await stageWith();
  await prepare(address);
  const failure = await run(["broadcast", "release", "tin-1"], { as: "mai" }, inUse).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AppError);
  expect(String(failure)).toContain(says);
  expect(JSON.stringify([failure, String(failure)])).not.toContain(secretFor(COMMAND_PURPOSE));
  expect(done).toEqual([]);
});

test.each([
  ["done", ["broadcast", "release", "tin-1"], "mai", 0],
  ["refused", ["broadcast", "release", "mine"], "mai", 1],
  ["invalid", ["staff", "invite", "--roles", "author"], "hoa", 1],
  ["wrong", ["broadcast", "launch"], "mai", 2],
  ["nobody's", ["broadcast", "release", "tin-1"], undefined, 2],
])("what is %s ends with its own status, in words or as JSON", async (_, argv, as, code) => {
  const who = as === undefined ? {} : { as };
  const said = await run(argv, { ...who, lang: "vi" }, own);
  expect(said.code).toBe(code);
  expect(code === 0 ? said.err : said.out).toBe("");
  const json = await run(argv, { ...who, json: true }, own);
  expect(json).toMatchObject({ code, err: "" });
  expect(JSON.parse(json.out)).toBeTypeOf("object");
});

test("lists are tables, and an empty list says so", async () => {
  const { out } = await run(["staff", "list"], { as: "hoa" }, own);
  const [head = "", first = ""] = out.split("\n");
  expect(head).toMatch(/^id +login +active +/);
  expect(first).toMatch(/^lan +lan +true +false +author +Chị lan$/);
  expect(await run(["broadcast", "list"], { as: "hoa", lang: "en" }, own)).toMatchObject({
    out: "There is nothing.\n",
  });
  const invited = await run(["staff", "invite", "Na", "--roles", "author"], { as: "hoa" }, own);
  expect(invited.out).toContain("until: 2026-11-23T09:00\n");
  const all = await run([], {}, own);
  expect(all.out).toContain("broadcast release  [approver]\n    id*: text\n");
});

test("the input of a file is used, and a file that is none is wrong use", async () => {
  const file = join(folder, "input.yaml");
  await writeFile(file, "name: Chị Na\nroles: [author]\nplace: Hải Phòng\n");
  expect(await run(["staff", "invite"], { as: "hoa", file, json: true }, own)).toMatchObject({ code: 0 });
  await writeFile(file, "- a\n- b\n");
  await expect(run(["staff", "invite"], { as: "hoa", file }, own)).rejects.toMatchObject({ code: "input_invalid" });
  await expect(run(["staff", "invite"], { as: "hoa", file: join(folder, "none") }, own)).rejects.toMatchObject({
    code: "input_invalid",
  });
  await expect(run(["staff", "invite"], { as: "hoa", set: ["name"] }, own)).rejects.toMatchObject({
    code: "input_invalid",
  });
});

test("a picture is kept under a name of its own, and what is none is refused", async () => {
  const file = join(folder, "picture.png");
  await writeFile(file, Buffer.from("89504e470d0a1a0a", "hex"));
  const kept = await run(["media", "keep", file], { json: true }, inUse);
  expect(kept).toMatchObject({ code: 0 });
  expect(kept.out).toMatch(/"kind": "image",\s+"file": "[0-9a-f]{32}\.png"/);
  await writeFile(file, "no picture");
  expect(await run(["media", "keep", file], {}, inUse)).toMatchObject({ code: 1 });
  await expect(run(["media", "keep"], {}, inUse)).rejects.toMatchObject({ code: "input_invalid" });
});

test("more words than anybody types are wrong use", async () => {
  await expect(run(Array<string>(30).fill("broadcast"), {}, own)).rejects.toMatchObject({ code: "input_invalid" });
});
