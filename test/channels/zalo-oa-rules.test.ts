import { expect, test, vi } from "vitest";
import { limitsOf } from "../../src/channels/limits.ts";
import { challengeOf, newVerifier } from "../../src/channels/zalo-oa/consent.ts";
import { createOauth } from "../../src/channels/zalo-oa/oauth.ts";
import { type Plan, startedWorld, startWorld, type World } from "./zalo-oa-world.ts";

const LAN = "2500000000000000001";
const HOUR = 3_600_000;

const words = (text: string, more: Readonly<Record<string, unknown>> = {}) => ({
  event_name: "user_send_text",
  sender: { id: LAN },
  message: { msg_id: "96d1", text },
  ...more,
});

/** Lets the network deliver everything and gives what the bot was told. */
async function delivered({ network, inbounds }: World) {
  await vi.waitFor(() => expect(network.waiting()).toBe(0));
  return inbounds.map(({ input }) => input);
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: { failure?: string }) => error.failure,
  );

async function variantOf(network: Plan["network"]) {
  const world = await startedWorld({ ...(network && { network }) });
  await delivered(world);
  return world.notices.filter(({ code }) => code === "signature-variant").map(({ facts }) => facts);
}

/** One for each row of "What is unknown, and how the client must behave" that concerns the Official Account. */
const ROWS: Readonly<Record<string, () => Promise<void>>> = {
  "2: unknown events are acknowledged and told by name, unknown fields ignored": async () => {
    const world = await startWorld();
    await world.channel.start();
    world.network.emit({ event_name: "user_waved", hand: { left: "bí mật" } });
    world.network.emit(words("xin chào", { new_field: [1, { a: null }] }));
    expect(await delivered(world)).toEqual([{ kind: "text", text: "xin chào" }]);
    expect([...world.network.answers]).toEqual([[200, 2]]);
    expect(world.notices).toContainEqual({
      channel: "zalo-oa",
      level: "info",
      code: "unknown-event",
      facts: { event: "user_waved" },
    });
  },
  "6: ids stay digit for digit, also where they come as numbers": async () => {
    const world = await startedWorld({ network: { ids: "number" } });
    await delivered(world);
    expect(world.inbounds[0]?.chat).toBe(world.phone.chat);
    await world.send(world.phone, {});
    expect(world.phone.received()).toHaveLength(1);
  },
  "7: a time below 1e11 is in seconds": async () => {
    const world = await startedWorld();
    const { body, headers } = world.network.signed(words("a", { timestamp: String(Math.floor(Date.now() / 1_000)) }));
    expect(await world.post(body, headers)).toBe(200);
  },
  "8: a repeated event has the id it had, so that it counts once; a repeat of days ago is refused": async () => {
    const world = await startWorld({ network: { receipts: false } });
    world.network.faults.redelivered = 0.5;
    await world.channel.start();
    for (let n = 0; n < 20; n++) world.network.phone("Lan").type(`tin ${n}`);
    await delivered(world);
    expect(world.inbounds.length).toBeGreaterThan(20);
    expect(new Set(world.inbounds.map(({ id }) => id)).size).toBe(20);
  },
  "9: every answer comes within two seconds": async () => {
    let pauseMs = 2_100;
    const turn = async () => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = 0;
    };
    const world = await startedWorld({ turn });
    await vi.waitFor(() => expect(world.network.answers.get(200)).toBe(1), 8_000);
    expect(world.network.refusals).toEqual([]);
  },
  "10: the unsigned probe {} gets 200 and does nothing": async () => {
    const world = await startWorld();
    expect(await world.network.saveWebhook(world.network.webhook ?? "")).toBe(200);
    expect([world.inbounds, world.notices]).toEqual([[], []]);
  },
  "11: the signature is known in all variants, the one in use is told once, anything else is refused": async () => {
    expect(await variantOf({})).toEqual([{ id: "app", time: "body" }]);
    expect(await variantOf({ signId: "oa", prefix: false })).toEqual([{ id: "oa", time: "body" }]);
    expect(await variantOf({ signWith: "header" })).toEqual([{ id: "app", time: "header" }]);
    const world = await startedWorld({ settings: { oaSecretKey: "another key" } });
    await vi.waitFor(() => expect(world.network.answers.get(401)).toBeGreaterThan(0));
    expect(world.inbounds).toEqual([]);
  },
  "12: texts are composed and within 2,000 UTF-16 units, emoji whole": async () => {
    const { network, phone, send } = await startedWorld();
    await send(phone, { text: "🌻".repeat(1_500) });
    const texts = phone.received().map(({ text }) => text);
    expect([texts.join("").length, texts.every((text) => text.length <= 2_000 && text.isWellFormed())]).toEqual([
      3_000,
      true,
    ]);
    expect(network.refusals).toEqual([]);
  },
  "15: a send that may have arrived is not repeated by the adapter": async () => {
    const { network, phone, send } = await startedWorld();
    network.faults.cutAfter = 1;
    expect(await failure(send(phone, {}))).toBe("uncertain");
    expect(phone.received()).toHaveLength(1);
  },
  "18: buttons only behind the switch, and a refusal of either kind leaves the numbered text": async () => {
    for (const _ of ["-233", "-201"]) {
      const { phone, send } = await startedWorld({ settings: { buttons: true } });
      await send(phone, { text: "1. Có", choices: [{ id: "co", label: "Có", token: "menu:main:co" }] });
      expect(phone.received().map(({ text, buttons }) => [text, buttons])).toEqual([["1. Có", []]]);
    }
  },
  "19: a text that is a button's payload is the tap, and so is user_click_button": async () => {
    const world = await startWorld();
    await world.channel.start();
    world.network.emit(words("menu:main:help"));
    world.network.emit({ ...words("menu:main:help"), event_name: "user_click_button" });
    expect(await delivered(world)).toEqual(
      Array.from({ length: 2 }, () => ({ kind: "choice", token: "menu:main:help" })),
    );
  },
  "20: nothing is ever edited or taken back": async () => {
    expect(limitsOf("zalo-oa")).toMatchObject({ canEdit: false, canClear: false });
    const { network, phone, send } = await startedWorld();
    await send(phone, { clear: true, erases: ["b81"], replaces: "b82" });
    expect([...network.calls.keys()].sort()).toEqual(["getoa", "message/cs"]);
  },
  "21: what is left is read where it is told, and little is told on once a day": async () => {
    const world = await startedWorld({ network: { freeReplies: 1, paidMessages: 30 } });
    for (let n = 0; n < 31; n++) await world.send(world.phone, {});
    const low = () => world.notices.filter(({ code }) => code === "quota-low").map(({ facts }) => facts);
    expect(low()).toEqual([{ kind: "sub_quota", remain: 3 }]);
    expect(await failure(world.send(world.phone, {}))).toBe("quota-spent");
    const bare = await startedWorld({ network: { bareReplies: 1 } });
    expect(await bare.send(bare.phone, {})).toHaveLength(1);
  },
  "22: later than seven days is final": async () => {
    expect(limitsOf("zalo-oa").messageWindowMs).toBe(7 * 24 * HOUR);
    const { phone, send, forward } = await startedWorld();
    forward(7 * 24 * HOUR + 1_000);
    expect(await failure(send(phone, {}))).toBe("window-closed");
  },
  "23: a token reply without a token keeps the old pair, tells the team and stops sending": async () => {
    const world = await startedWorld();
    const before = world.kept.pair;
    world.network.killRefresh();
    world.forward(21 * HOUR);
    expect(await failure(world.send(world.phone, {}))).toBe("unauthorised");
    expect(await failure(world.send(world.phone, {}))).toBe("unauthorised");
    expect(world.kept.pair).toEqual(before);
    expect(world.codes().filter((code) => code === "token-refresh-failed")).toHaveLength(1);
    expect(world.phone.received()).toEqual([]);
  },
  "24: the verifier is the one whose challenge the console has, and the console's own link works": async () => {
    const { network } = await startWorld();
    const verifier = newVerifier();
    expect(verifier).toHaveLength(43);
    network.saveConsole({ callback: "http://127.0.0.1:9/login", challenge: challengeOf(verifier) });
    const { exchange } = createOauth(network, Date.now);
    const first = await network.consent(network.consentLink());
    expect(await exchange(first.code, newVerifier())).toMatchObject({ kind: "refused" });
    const second = await network.consent(network.consentLink());
    expect(await exchange(second.code, verifier)).toMatchObject({ kind: "pair" });
  },
  "25: of getoa only its success counts": async () => {
    const world = await startWorld();
    await world.channel.start();
    expect([world.network.calls.get("getoa"), world.notices]).toEqual([1, []]);
  },
  "27: nothing depends on parameters of a link": async () => {
    expect(limitsOf("zalo-oa").deepLinks).toBe(false);
    const world = await startWorld();
    await world.channel.start();
    world.network.phone("Lan").start();
    expect(await delivered(world)).toEqual([{ kind: "start" }]);
  },
  "29: nothing that people send is downloaded": async () => {
    const world = await startedWorld();
    world.phone.photo();
    world.phone.file();
    expect((await delivered(world)).slice(1)).toEqual([{ kind: "unreadable" }, { kind: "unreadable" }]);
    expect([...world.network.calls.keys()]).toEqual(["getoa"]);
  },
};

test.each(Object.keys(ROWS))("row %s", async (row) => ROWS[row]?.());
