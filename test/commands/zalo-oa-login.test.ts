import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { zaloOaTokens } from "../../src/commands/zalo-oa-tokens.ts";
import { openDataFolder } from "../../src/stores/data-folder.ts";
import { ephemeralKeyring, openKeyring } from "../../src/stores/keyring.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { temporaryFolder } from "../stores/temporary-folder.ts";
import { startZaloOaNetwork, type ZaloOaNetwork } from "../support/networks/zalo-oa/network.ts";
import { runCommand } from "../support/server.ts";

const PUBLIC_URL = "https://antam.example.gov.vn";
const CALLBACK = `${PUBLIC_URL}/webhooks/zalo-oa/login`;

let network: ZaloOaNetwork;
let folder: string;

beforeEach(async () => {
  network = await startZaloOaNetwork();
  onTestFinished(() => network.close());
  folder = await temporaryFolder();
});

function login(args: readonly string[] = [], { env = {}, input = "" } = {}) {
  return runCommand(["zalo-oa", "login", ...args], {
    env: {
      DATA_DIR: folder,
      PUBLIC_URL,
      ZALO_OA_APP_ID: network.appId,
      ZALO_OA_APP_SECRET: network.appSecret,
      ZALO_OA_SECRET_KEY: network.oaSecretKey,
      ZALO_OA_API_ROOT: network.root,
      ZALO_OA_OAUTH_ROOT: network.oauthRoot,
      ...env,
    },
    input,
  });
}

/** What the operator does after the first call: enters what it printed in the console. */
async function followGuide(): Promise<{ link: string }> {
  const { stdout, stderr, code } = await login();
  expect([code, stderr]).toEqual([2, expect.stringContaining("--paste")]);
  const challenge = /^ +([\w-]{43})$/m.exec(stdout)?.[1] ?? "";
  expect(stdout).toContain(CALLBACK);
  network.saveConsole({ callback: CALLBACK, challenge });
  return { link: /^ +(http\S+\/v4\/oa\/permission\S+)$/m.exec(stdout)?.[1] ?? "" };
}

async function saved() {
  const keyring = await openKeyring(folder);
  return zaloOaTokens(await openLowdbStore({ folder }), keyring).read();
}

describe("the login", () => {
  test("guides to the console, takes the address of the browser and says which account it is", async () => {
    const { link } = await followGuide();
    const { address } = await network.consent(link);
    const { code, stdout, stderr } = await login(["--paste", address]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("“An Tâm”");
    expect(stdout).toContain(`${PUBLIC_URL}/webhooks/zalo-oa`);
    const pair = await saved();
    expect((pair?.refreshUntil ?? 0) - (pair?.obtainedAt ?? 0)).toBe(90 * 86_400_000);
    const onDisk = await readFile(join(folder, "zalo_oa.json"), "utf8");
    for (const secret of [pair?.accessToken, pair?.refreshToken]) {
      expect(onDisk).not.toContain(secret);
      expect(stdout).not.toContain(secret);
    }
  });

  test("keeps its verifier, because the console is told the challenge once", async () => {
    const challenges = [await login(), await login(["--lang", "en"])].map(
      ({ stdout }) => /^ +([\w-]{43})$/m.exec(stdout)?.[1],
    );
    expect(challenges[0]).toBe(challenges[1]);
    expect(challenges[0]).toHaveLength(43);
  });

  test("takes the link of the console, which has no state, and the code alone", async () => {
    await followGuide();
    const first = await network.consent(network.consentLink());
    expect(await login(["--paste", first.address])).toMatchObject({ code: 0 });
    const second = await network.consent(network.consentLink("of-the-console"));
    expect(await login(["--paste", second.code])).toMatchObject({ code: 0 });
  });

  test.each([
    ["an address of another login", `${CALLBACK}?code=${"c".repeat(40)}&state=another`, 2, "state"],
    ["an address without a code", CALLBACK, 2, "code="],
    ["a refusal of the console's settings", `${CALLBACK}?error=-14003`, 1, "Callback URL"],
    ["a code that is too old or used", `${CALLBACK}?code=${"c".repeat(40)}`, 1, "10 phút"],
  ])("explains %s, and saves nothing", async (_, pasted, code, advice) => {
    await followGuide();
    const done = await login(["--paste", pasted]);
    expect(done).toMatchObject({ code });
    expect(done.stderr).toContain(advice);
    expect(await saved()).toBeNull();
  });

  test("says so when the network cannot be reached", async () => {
    await followGuide();
    network.outage = "cut";
    const { code, stderr } = await login(["--lang", "en", "--paste", "c".repeat(40)]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("could not be asked")]);
  });

  test("says what is missing, and how to get it", async () => {
    const none = { ZALO_OA_APP_ID: "", ZALO_OA_APP_SECRET: "", ZALO_OA_SECRET_KEY: "" };
    const settings = await login([], { env: none });
    expect([settings.code, settings.stderr]).toEqual([2, expect.stringContaining("ZALO_OA_SECRET_KEY")]);
    const address = await login(["--lang", "en"], { env: { PUBLIC_URL: "" } });
    expect([address.code, address.stderr]).toEqual([2, expect.stringContaining("PUBLIC_URL")]);
  });

  test("leaves a running bot alone", async () => {
    const running = await openDataFolder(folder);
    const { code, stderr } = await login();
    await running.close();
    expect([code, stderr]).toEqual([1, expect.stringContaining("Stop that one first")]);
  });
});

describe("tokens by hand", () => {
  test("are checked, saved and never printed", async () => {
    const { accessToken, refreshToken } = network.issuePair();
    const { code, stdout } = await login(["--tokens"], { input: `${accessToken}\n${refreshToken}\n` });
    expect([code, stdout]).toEqual([0, expect.stringContaining("“An Tâm”")]);
    expect(await saved()).toMatchObject({ accessToken, refreshToken });
    expect(stdout).not.toContain(accessToken);
  });

  test("are renewed at once when the access token is too old", async () => {
    const { accessToken, refreshToken } = network.issuePair();
    network.expireAccess();
    const done = await login(["--tokens"], { input: `${accessToken} ${refreshToken}` });
    expect(done).toMatchObject({ code: 0 });
    expect((await saved())?.refreshToken).not.toBe(refreshToken);
  });

  test("that the network does not know leave what was saved before", async () => {
    const { accessToken, refreshToken } = network.issuePair();
    await login(["--tokens"], { input: `${accessToken} ${refreshToken}` });
    expect(await login(["--tokens"], { input: "one two" })).toMatchObject({ code: 1 });
    expect(await login(["--tokens"], { input: "one" })).toMatchObject({ code: 2 });
    expect(await saved()).toMatchObject({ accessToken, refreshToken });
  });
});

test("sealed tokens open with the keys of their installation only", async () => {
  const team = await openLowdbStore({ folder });
  const tokens = zaloOaTokens(team, ephemeralKeyring());
  await tokens.write({ accessToken: "a", refreshToken: "r", accessUntil: 1, refreshUntil: 2, obtainedAt: 0 });
  expect(await tokens.read()).toMatchObject({ accessToken: "a" });
  await expect(zaloOaTokens(team, ephemeralKeyring()).read()).rejects.toMatchObject({ code: "store_failed" });
});
