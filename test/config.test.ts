import { describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

const TELEGRAM = `1234567890:${"A".repeat(35)}`;
const OA = {
  ZALO_OA_APP_ID: "3600000000000000001",
  ZALO_OA_APP_SECRET: "secret-of-the-app",
  ZALO_OA_SECRET_KEY: "secret-of-the-account",
};

/** What the settings are refused with. */
function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "";
}

describe("the settings of networks", () => {
  test("are absent unless a network is on; an empty value counts as absent", () => {
    const config = readConfig({ TELEGRAM_BOT_TOKEN: "", ZALO_BOT_TOKEN: "", ZALO_OA_APP_ID: "", METRICS_TOKEN: "" });
    expect(config).toEqual(readConfig({}));
    expect([config.telegram, config.zaloBot, config.zaloOa, config.METRICS_TOKEN]).toEqual(Array(4).fill(undefined));
  });

  test("have the official hosts and the basic plan unless said otherwise", () => {
    const { telegram, zaloBot, zaloOa } = readConfig({ TELEGRAM_BOT_TOKEN: TELEGRAM, ZALO_BOT_TOKEN: "12:abc", ...OA });
    expect(telegram).toEqual({ token: TELEGRAM, apiRoot: "https://api.telegram.org", rate: 30 });
    expect(zaloBot).toMatchObject({ rate: 5, userCap: 50, monthlyMessages: 3_000 });
    expect(zaloBot?.apiRoot).toBe("https://bot-api.zaloplatforms.com");
    expect(zaloOa).toMatchObject({ apiRoot: "https://openapi.zalo.me", oauthRoot: "https://oauth.zaloapp.com" });
    expect(zaloOa?.buttons).toBe(false);
  });

  test("take another host, whose tokens may look otherwise; a slash at the end is dropped", () => {
    const env = { TELEGRAM_BOT_TOKEN: "1:short", TELEGRAM_API_ROOT: "http://127.0.0.1:8081/" };
    expect(readConfig(env).telegram).toEqual({ token: "1:short", apiRoot: "http://127.0.0.1:8081", rate: 30 });
    expect(readConfig({ PUBLIC_URL: "https://antam.example.gov.vn/" }).PUBLIC_URL).toBe("https://antam.example.gov.vn");
  });

  test("cannot be changed afterwards", () => {
    const config = readConfig({ TELEGRAM_BOT_TOKEN: TELEGRAM });
    expect(Object.isFrozen(config) && Object.isFrozen(config.telegram)).toBe(true);
  });

  test("of the Official Account go together", () => {
    for (const name of Object.keys(OA)) {
      const message = refusal({ ...OA, [name]: "" });
      expect(message).toContain(`→ at ${name}`);
      expect(message).toContain("all three or none");
    }
  });

  test.each([
    ["TELEGRAM_BOT_TOKEN", "1234567890:too-short"],
    ["TELEGRAM_BOT_TOKEN", `${TELEGRAM}/../x`],
    ["ZALO_BOT_TOKEN", "no-colon-in-it"],
    ["TELEGRAM_RATE", "1001"],
    ["ZALO_BOT_RATE", "0"],
    ["ZALO_BOT_PEOPLE", "many"],
    ["ZALO_OA_BUTTONS", "maybe"],
    ["METRICS_TOKEN", "fifteen-letters"],
    ["TELEGRAM_API_ROOT", "ftp://files.example"],
    ["PUBLIC_URL", "antam.example.gov.vn"],
  ])("%s=%s is refused by name, without its value", (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toContain(`→ at ${name}`);
    expect(message).not.toContain(value.length > 4 ? value : "\u0000");
  });
});
