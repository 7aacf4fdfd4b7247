import { rm } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Api } from "grammy";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { vietnamDay } from "../../src/campaign/vietnam-day.ts";
import { webhookNames } from "../../src/channels/telegram/webhook.ts";
import { telegramFindings } from "../../src/commands/doctor/telegram.ts";
import { zaloBotFindings } from "../../src/commands/doctor/zalo-bot.ts";
import { zaloOaTokens } from "../../src/commands/zalo-oa-tokens.ts";
import { readConfig } from "../../src/config.ts";
import { openDataFolder } from "../../src/stores/data-folder.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { settingsOf } from "../support/networks/rig.ts";
import { startTelegramNetwork, type TelegramNetwork } from "../support/networks/telegram/network.ts";
import { startZaloBotNetwork, type ZaloBotNetwork } from "../support/networks/zalo-bot/network.ts";
import { startZaloOaNetwork, type ZaloOaNetwork } from "../support/networks/zalo-oa/network.ts";
import { runCommand } from "../support/server.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";

let telegram: TelegramNetwork;
let zaloBot: ZaloBotNetwork;
let zaloOa: ZaloOaNetwork;
let folder: string;

beforeAll(async () => {
  [telegram, zaloBot, zaloOa] = await Promise.all([
    startTelegramNetwork(),
    startZaloBotNetwork(),
    startZaloOaNetwork(),
  ]);
});
afterAll(() => Promise.all([telegram, zaloBot, zaloOa].map((network) => network.close())));
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

/** All networks on, as an operator would set them. */
function settings(): Record<string, string> {
  return { DATA_DIR: folder, PORT: "0", ...settingsOf(telegram, zaloBot, zaloOa) };
}

const Report = z.object({
  ok: z.boolean(),
  sections: z.array(
    z.object({
      section: z.string(),
      findings: z.array(
        z.object({ outcome: z.string(), level: z.string(), found: z.string(), fix: z.string().optional() }),
      ),
    }),
  ),
});

/** Runs the command; gives what was found by outcome. */
async function examine(env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await runCommand(["doctor", "--json", ...args], { env });
  const { ok, sections } = Report.parse(JSON.parse(stdout));
  const findings = new Map(sections.flatMap((one) => one.findings.map((finding) => [finding.outcome, finding])));
  return { code, ok, findings, said: stdout + stderr };
}

describe("npm run doctor", () => {
  test("finds nothing wrong where no network is on, in both languages and within 80 columns", async () => {
    for (const [lang, line] of [
      ["vi", "Không có gì sai"],
      ["en", "Nothing is wrong"],
    ] as const) {
      const { code, stdout } = await runCommand(["doctor", "--lang", lang], { env: { DATA_DIR: folder } });
      expect(code).toBe(0);
      expect(stdout).toContain(line);
      expect(stripVTControlCharacters(stdout)).toBe(stdout);
      expect(stdout.split("\n").filter((text) => text.length > 80 && !text.includes(folder))).toEqual([]);
      expect(stdout).not.toMatch(/doctor\.|\{\{/);
    }
  });

  test("knows each bot by its name, and says what is still to be done", async () => {
    const { code, findings, said } = await examine(settings(), "--lang", "en");
    expect(findings.get("telegram.ok")?.found).toContain(`https://t.me/${telegram.username}`);
    expect([...findings.keys()]).toEqual(
      expect.arrayContaining([
        ...["clock.ok", "content.ok", "keys.new", "store.new", "running.no", "address.needed"],
        ...["telegram-updates.polling", "zalo-bot.ok", "zalo-bot-updates.polling", "login.needed"],
      ]),
    );
    expect(code).toBe(1);
    expect(said).toContain("npm run zalo-oa -- login");
  });

  test("says that a token is refused, and shows it to nobody", async () => {
    const wrong = { TELEGRAM_BOT_TOKEN: "1:wrong-telegram-token", ZALO_BOT_TOKEN: "1:wrong-zalo-token" };
    const { code, findings, said } = await examine({ ...settings(), ...wrong });
    expect(code).toBe(1);
    expect(findings.get("telegram.refused")?.fix).toContain("BotFather");
    expect(findings.get("zalo-bot.refused")?.fix).toContain("Zalo Bot Manager");
    const secrets = [telegram.token, zaloBot.token, zaloOa.appSecret, zaloOa.oaSecretKey, ...Object.values(wrong)];
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });

  test("says that networks cannot be reached, and that no clock could be compared", async () => {
    const nowhere = "http://127.0.0.1:9";
    const roots = { TELEGRAM_API_ROOT: nowhere, ZALO_BOT_API_ROOT: nowhere, ZALO_OA_API_ROOT: nowhere };
    const { code, findings } = await examine({ ...settings(), ...roots });
    expect(code).toBe(1);
    const expected = ["telegram.unreachable", "zalo-bot.unreachable", "clock.unchecked"];
    expect([...findings.keys()]).toEqual(expect.arrayContaining(expected));
  });

  test("sees that a bot is running, and examines the rest", async () => {
    const claim = await openDataFolder(folder);
    const { findings } = await examine(settings());
    await claim.close();
    expect(findings.has("running.yes")).toBe(true);
    expect(findings.has("telegram.ok")).toBe(true);
  });

  test("ends with status 2 on settings that do not fit, naming them and not their values", async () => {
    const env = { TELEGRAM_BOT_TOKEN: "not-a-token", ZALO_OA_APP_ID: "36", METRICS_TOKEN: "all-too-short" };
    for (const [name, value] of Object.entries(env)) {
      const { code, stderr } = await runCommand(["doctor"], { env: { [name]: value } });
      expect(code).toBe(2);
      expect(stderr).toContain(name === "ZALO_OA_APP_ID" ? "ZALO_OA_APP_SECRET" : name);
      expect(stderr).not.toContain(value === "36" ? "3600" : value);
    }
  });
});

describe("the Zalo bot", () => {
  async function count(people: string, sent: number): Promise<void> {
    const team = await openLowdbStore({ folder });
    await team.write("zalo_bot", { month: vietnamDay(Date.now()).slice(0, 7), sent, people, told: [] });
    await team.close();
  }
  const bitmap = (byte: number) => Buffer.alloc(128, byte).toString("base64");

  test("has used little, nearly all or all of its plan", async () => {
    for (const [people, sent, outcome] of [
      [bitmap(0), 10, "allowance.ok"],
      [bitmap(0), 2_500, "allowance.near"],
      [bitmap(0), 3_000, "allowance.spent"],
      [bitmap(1), 10, "allowance.spent"],
    ] as const) {
      await count(people, sent);
      expect((await examine(settings())).findings.has(outcome)).toBe(true);
    }
    const raised = { ...settings(), ZALO_BOT_PEOPLE: "1000", ZALO_BOT_MESSAGES: "100000" };
    expect((await examine(raised)).findings.get("allowance.ok")?.found).toContain("/1000");
  });

  test("sends its messages elsewhere, or here", async () => {
    const at = async (url: string, publicUrl: string, running: boolean) => {
      const body = JSON.stringify({ url, secret_token: "at-least-8" });
      const headers = { "content-type": "application/json" };
      await fetch(`${zaloBot.root}/bot${zaloBot.token}/setWebhook`, { method: "POST", body, headers });
      const world = { publicUrl: publicUrl || undefined, running, keyring: null, now: Date.now() };
      const bot = readConfig(settings()).zaloBot;
      const findings = await zaloBotFindings(bot, world, null);
      await fetch(`${zaloBot.root}/bot${zaloBot.token}/deleteWebhook`, { method: "POST" });
      return findings[1]?.outcome;
    };
    const [here, there] = ["http://127.0.0.1:9/webhooks/zalo-bot/abc", "http://127.0.0.1:7/elsewhere"];
    expect(await at(here, "http://127.0.0.1:9", true)).toBe("zalo-bot-updates.webhook");
    expect(await at(there, "http://127.0.0.1:9", true)).toBe("zalo-bot-updates.elsewhere");
    expect(await at(there, "http://127.0.0.1:9", false)).toBe("zalo-bot-updates.at-start");
    expect(await at(there, "", true)).toBe("zalo-bot-updates.polling-blocked");
  });
});

describe("the Official Account", () => {
  const DAY_MS = 86_400_000;

  /** A login whose refresh token lives so many days more. */
  async function logIn(days: number): Promise<void> {
    const now = Date.now();
    const team = await openLowdbStore({ folder });
    await zaloOaTokens(team, await openKeyring(folder)).write({
      ...zaloOa.issuePair(),
      accessUntil: now + DAY_MS,
      refreshUntil: now + days * DAY_MS,
      obtainedAt: now,
    });
    await team.close();
  }

  test("is known by its name, with the days its login has left", async () => {
    await logIn(80);
    const { findings } = await examine(settings());
    expect(findings.get("account.ok")?.found).toBe("An Tâm");
    expect(findings.get("login.ok")?.found).toContain("79");
    expect(zaloOa.calls.get("POST /v4/oa/access_token") ?? 0).toBe(0);
  });

  test("has a login that ends soon, or has ended", async () => {
    await logIn(5);
    expect((await examine(settings())).findings.get("login.soon")?.level).toBe("warning");
    await logIn(-2);
    expect((await examine(settings())).findings.get("login.dead")?.level).toBe("wrong");
  });

  test("refuses a token that was withdrawn, and one sealed with other keys is not read", async () => {
    await logIn(80);
    zaloOa.expireAccess();
    expect((await examine(settings())).findings.has("account.stale")).toBe(true);
    await rm(join(folder, "keys.json"));
    await openKeyring(folder);
    expect((await examine(settings())).findings.has("login.unreadable")).toBe(true);
  });
});

describe("Telegram's webhook", () => {
  const OURS = "https://antam.example.org";

  async function outcomes(
    set: string,
    { publicUrl = OURS, running = true }: { publicUrl?: string; running?: boolean },
  ) {
    const api = new Api(telegram.token, { apiRoot: telegram.root });
    if (set === "") await api.deleteWebhook();
    else await api.setWebhook(set, { allowed_updates: ["message", "callback_query", "my_chat_member"] });
    const world = { publicUrl: publicUrl || undefined, running, keyring: await openKeyring(folder), now: Date.now() };
    const findings = await telegramFindings({ token: telegram.token, apiRoot: telegram.root, rate: 30 }, world);
    await api.deleteWebhook();
    return findings.map(({ outcome }) => outcome).filter((outcome) => outcome.startsWith("telegram-updates."));
  }
  const path = async () => webhookNames((await openKeyring(folder)).secretFor("telegram")).path;
  // The local network sends to addresses of this machine only.
  const ELSEWHERE = "http://127.0.0.1:9/webhooks/telegram/abc";

  test("is as the running bot set it", async () => {
    const publicUrl = "http://127.0.0.1:9";
    expect(await outcomes(publicUrl + (await path()), { publicUrl })).toEqual(["telegram-updates.webhook"]);
  });

  test("leads elsewhere, or nowhere", async () => {
    expect(await outcomes(ELSEWHERE, {})).toEqual(["telegram-updates.elsewhere"]);
    expect(await outcomes("", {})).toEqual(["telegram-updates.missing"]);
  });

  test("of other keys leads elsewhere", async () => {
    expect(await outcomes(ELSEWHERE, { publicUrl: "http://127.0.0.1:9" })).toEqual(["telegram-updates.elsewhere"]);
  });

  test("is set by the bot when it starts, and stands in the way of asking for updates", async () => {
    expect(await outcomes(ELSEWHERE, { running: false })).toEqual(["telegram-updates.at-start"]);
    expect(await outcomes(ELSEWHERE, { publicUrl: "" })).toEqual(["telegram-updates.polling-blocked"]);
  });

  test("that does not answer is told of, with Telegram's own words and the age", async () => {
    const publicUrl = "http://127.0.0.1:9";
    const api = new Api(telegram.token, { apiRoot: telegram.root });
    await api.setWebhook(publicUrl + (await path()), { allowed_updates: ["message"] });
    telegram.phone("Lan").start();
    await expect.poll(async () => (await api.getWebhookInfo()).last_error_message).toBeTruthy();
    const world = { publicUrl, running: true, keyring: await openKeyring(folder), now: Date.now() };
    const of = (now: number) =>
      telegramFindings({ token: telegram.token, apiRoot: telegram.root, rate: 30 }, { ...world, now });
    const recent = await of(world.now);
    expect(recent.map(({ outcome }) => outcome)).toContain("telegram-updates.kinds");
    expect(recent.at(-1)).toMatchObject({ outcome: "telegram-error.recent", params: { minutes: "0" } });
    expect((await of(world.now + 3 * 3_600_000)).at(-1)?.outcome).toBe("telegram-error.old");
    await api.deleteWebhook({ drop_pending_updates: true });
  });
});
