import { expect, test } from "vitest";
import { ChannelError } from "../../src/channels/channel-error.ts";
import type { Notice } from "../../src/channels/port.ts";
import { createAlerts } from "../../src/channels/zalo-oa/alerts.ts";
import type { TokenAnswer } from "../../src/channels/zalo-oa/oauth.ts";
import { pairByHand, type TokenPair } from "../../src/channels/zalo-oa/token-pair.ts";
import { Tokens } from "../../src/channels/zalo-oa/tokens.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

/** Tokens `a0`, `a1` … of an endpoint that answers as it is told. */
async function stage(first: TokenPair | null = pairByHand("a0", "r0", 0)) {
  const world = {
    now: 0,
    asked: [] as string[],
    kept: first,
    saves: true,
    endpoint: "good" as "good" | "refuses" | "dead",
  };
  const notices: Notice[] = [];
  const tokens = new Tokens({
    now: () => world.now,
    alert: createAlerts({ report: (notice) => void notices.push(notice), now: () => world.now }),
    store: {
      read: async () => world.kept,
      write: async (pair) => {
        if (!world.saves) throw new Error("no space left");
        world.kept = pair;
      },
    },
    refresh: async (refreshToken): Promise<TokenAnswer> => {
      world.asked.push(refreshToken);
      await Promise.resolve();
      if (world.endpoint === "dead") throw new ChannelError("uncertain", "ECONNRESET");
      if (world.endpoint === "refuses") return { kind: "refused", error: "-14014" };
      const n = world.asked.length;
      return { kind: "pair", pair: pairByHand(`a${n}`, `r${n}`, world.now) };
    },
  });
  await tokens.load();
  const codes = () => notices.map(({ code }) => code);
  return { world, tokens, notices, codes };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: ChannelError) => error.failure,
  );

test("a pair is renewed at 20 of its 25 hours, once for everybody who waits", async () => {
  const { world, tokens } = await stage();
  world.now = 20 * HOUR - 1;
  expect(await tokens.current()).toBe("a0");
  world.now = 20 * HOUR;
  expect(await Promise.all([tokens.current(), tokens.current(), tokens.look()])).toEqual(["a1", "a1", undefined]);
  expect(world.asked).toEqual(["r0"]);
});

test("the new pair is on disk before anybody gets it", async () => {
  const { world, tokens, codes } = await stage();
  world.now = 21 * HOUR;
  world.saves = false;
  expect(await failure(tokens.current())).toBe("unavailable");
  expect([world.kept?.accessToken, codes()]).toEqual(["a0", ["token-not-saved"]]);
  world.saves = true;
  world.now += 5_000;
  expect(await tokens.current()).toBe("a1");
  expect([world.kept?.accessToken, world.asked]).toEqual(["a1", ["r0"]]);
});

test("a refused refresh keeps the old pair, stops sending and asks again every ten minutes at most", async () => {
  const { world, tokens, notices, codes } = await stage();
  world.now = 21 * HOUR;
  world.endpoint = "refuses";
  for (let minute = 0; minute < 20; minute++) {
    expect(await failure(tokens.current())).toBe("unauthorised");
    await tokens.look();
    world.now += MINUTE;
  }
  expect(world.asked).toEqual(["r0", "r0"]);
  expect(world.kept?.refreshToken).toBe("r0");
  expect(codes()).toEqual(["token-refresh-failed"]);
  expect(notices[0]).toMatchObject({ level: "error", facts: { error: "-14014" } });
  world.endpoint = "good";
  expect(await tokens.current()).toBe("a3");
});

test("while the token endpoint is dead the old pair works for as long as it lives", async () => {
  const { world, tokens, codes } = await stage();
  world.endpoint = "dead";
  world.now = 24 * HOUR;
  expect(await tokens.current()).toBe("a0");
  world.now = 25 * HOUR;
  expect(await failure(tokens.current())).toBe("unavailable");
  expect(codes()).toEqual(["token-refresh-waits", "token-refresh-waits"]);
});

test("a token that the network refuses is renewed; one that never worked is not renewed again", async () => {
  const { world, tokens } = await stage();
  expect(await Promise.all([tokens.renewed("a0"), tokens.renewed("a0")])).toEqual(["a1", "a1"]);
  expect(await failure(tokens.renewed("a1"))).toBe("unauthorised");
  expect(world.asked).toEqual(["r0"]);
  tokens.worked("a1");
  expect(await tokens.renewed("a1")).toBe("a2");
  world.now += 10 * MINUTE;
  expect(await tokens.renewed("a2")).toBe("a3");
});

test("somebody who was refused with an old token gets the one there is now", async () => {
  const { world, tokens } = await stage();
  await tokens.renewed("a0");
  expect(await tokens.renewed("a0")).toBe("a1");
  expect(world.asked).toHaveLength(1);
});

test("a process that waits for it ends with the new pair on disk", async () => {
  const { world, tokens } = await stage();
  void tokens.renewed("a0");
  await tokens.idle();
  expect(world.kept?.accessToken).toBe("a1");
});

test("before anybody logged in it says so once, and nothing can be sent", async () => {
  const { tokens, codes } = await stage(null);
  await tokens.look();
  expect(await failure(tokens.current())).toBe("unauthorised");
  expect(codes()).toEqual(["login-needed"]);
});

test("what leaves before the pair was read has to try again: that is no missing login", async () => {
  const unused = () => Promise.reject(new Error("not asked"));
  const store = { read: unused, write: unused };
  const tokens = new Tokens({ now: () => 0, alert: () => undefined, store, refresh: unused });
  expect(await failure(tokens.current())).toBe("unavailable");
});

test("the team hears 21, 7, 3 and 1 days before the refresh token dies, each once", async () => {
  const { world, tokens, notices } = await stage();
  world.endpoint = "dead";
  for (; world.now <= 91 * DAY; world.now += HOUR) await tokens.look();
  const warnings = notices.filter(({ code }) => code === "refresh-token-dies");
  expect(warnings.map(({ level, facts }) => [level, facts?.["days"]])).toEqual([
    ["warn", 21],
    ["warn", 7],
    ["error", 3],
    ["error", 1],
    ["error", 0],
  ]);
});
