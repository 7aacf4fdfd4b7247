import { createServer } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { outgoing } from "./outgoing.ts";
import { attach, startWorld, unhurried, type World } from "./zalo-bot-world.ts";

const CHAT = "6e00aa11bb22cc33dd44";

function event(name: string, fields: Readonly<Record<string, unknown>> = {}) {
  const message = {
    message_id: "2d00aa11",
    from: { id: CHAT, display_name: "Lan", is_bot: false },
    chat: { id: CHAT, chat_type: "PRIVATE" },
    date: Date.now(),
    ...fields,
  };
  return { event_name: name, message };
}

const words = (text: string, fields = {}) => event("message.text.received", { text, ...fields });

async function listening(plan: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = await startWorld({ webhook: true, ...plan });
  await world.bot.start();
  return world;
}

/** Lets the network deliver everything and gives what the bot was told. */
async function delivered({ network, inbounds }: World) {
  await vi.waitFor(() => expect(network.waiting()).toBe(0));
  return inbounds.map(({ id, chat, input }) => ({ id, chat, input }));
}

const quiet = (world: World) => expect(world.network.refusals).toEqual([]);

/** One for each row of "What is unknown, and how the client must behave" that concerns the Bot API. */
const ROWS: Readonly<Record<string, () => Promise<void>>> = {
  "1: wrapped and flat bodies say the same": async () => {
    for (const shape of ["wrapped", "flat"] as const) {
      const world = await listening({ network: { shape } });
      world.network.phone("Lan").type("xin chào");
      expect(await delivered(world)).toMatchObject([{ input: { kind: "text", text: "xin chào" } }]);
    }
  },
  "2: an event nobody knows is acknowledged, and only its name is told": async () => {
    const world = await listening();
    world.network.emit(event("user.followed", { text: "bí mật" }));
    expect(await delivered(world)).toEqual([]);
    expect([...world.network.answers.keys()]).toEqual([200]);
    expect(world.notices.slice(1)).toEqual([
      { channel: "zalo-bot", level: "info", code: "unknown-event", facts: { event: "user.followed" } },
    ]);
  },
  "3: a polled update without a name is known by its fields": async () => {
    const world = await startWorld({ network: { nameless: 1 } });
    await world.bot.start();
    const phone = world.network.phone("Lan");
    phone.type("xin chào");
    phone.photo();
    phone.voice();
    phone.sticker();
    await vi.waitFor(() => expect(world.inbounds).toHaveLength(4), 5_000);
    expect(world.inbounds.map(({ id }) => id.split(":")[0])).toEqual([
      "message.text.received",
      "message.image.received",
      "message.voice.received",
      "message.sticker.received",
    ]);
  },
  "4: a picture needs no field of a certain name or type": async () => {
    const world = await listening();
    for (const fields of [{ photo: ["x"] }, { photo_url: { url: "x" } }, {}]) {
      world.network.emit(event("message.image.received", { ...fields, message_id: JSON.stringify(fields) }));
    }
    expect((await delivered(world)).map(({ input }) => input.kind)).toEqual(Array(3).fill("unreadable"));
  },
  "5: a name is not needed, and not handed on": async () => {
    const world = await listening();
    world.network.emit(words("1", { from: { id: CHAT, name: "Lan" } }));
    world.network.emit(words("2", { from: { id: CHAT }, message_id: "3" }));
    expect(await delivered(world)).toHaveLength(2);
    expect(JSON.stringify(world.inbounds)).not.toContain("Lan");
  },
  "6: ids that come as numbers keep every digit": async () => {
    const world = await listening();
    const [hook] = world.bot.webhooks;
    const body = `{"event_name":"message.text.received","message":{"message_id":1234567890123456789,"chat":{"id":42},"text":"1"}}`;
    const headers = { "x-bot-api-secret-token": world.network.webhook()?.secret };
    expect(await hook?.receive({ headers, body: Buffer.from(body) })).toBe(200);
    expect(world.inbounds).toMatchObject([{ chat: "42", id: "message.text.received:1234567890123456789" }]);
  },
  "7: seconds are told from milliseconds": async () => {
    const world = await listening();
    world.network.emit(words("1", { date: Math.floor(Date.now() / 1_000) }));
    expect(await delivered(world)).toHaveLength(1);
  },
  "8: what comes twice has one id, and what is older than ids are remembered has no effect": async () => {
    const world = await listening();
    world.network.emit(words("1"));
    world.network.emit(words("1"));
    world.network.emit(words("1", { date: Date.now() - 49 * 3_600_000, message_id: "old" }));
    expect((await delivered(world)).map(({ id }) => id)).toEqual(Array(2).fill("message.text.received:2d00aa11"));
  },
  "9: the webhook answers within 2 s, and the turn goes on": async () => {
    let slow = true;
    const turn = () => new Promise<void>((resolve) => setTimeout(resolve, slow ? 2_300 : 0));
    const world = await listening({ turn });
    world.network.phone("Lan").type("1");
    await vi.waitFor(() => expect(world.network.answers.get(503)).toBe(1), 3_000);
    slow = false;
    await vi.waitFor(() => expect(world.inbounds).toHaveLength(2), 3_000);
    expect(world.inbounds[0]?.id).toBe(world.inbounds[1]?.id);
    quiet(world);
  },
  "10: the probe is answered without the secret and does nothing, everything else needs the secret": async () => {
    const world = await listening();
    expect(world.notices).toEqual([
      { channel: "zalo-bot", level: "info", code: "webhook-set", facts: { outcome: "webhook.ok" } },
    ]);
    const [hook] = world.bot.webhooks;
    const body = Buffer.from(JSON.stringify(words("1")));
    for (const secret of [undefined, "", "x".repeat(43)]) {
      expect(await hook?.receive({ headers: { "x-bot-api-secret-token": secret }, body })).toBe(401);
    }
    expect(world.inbounds).toEqual([]);
  },
  "12: plain text in NFC, at most 2,000 units a message, never cut within a character": async () => {
    const world = await listening();
    world.network.phone("Lan").start();
    await delivered(world);
    const text = `${"ấ".normalize("NFD").repeat(1_500)}${"😀".repeat(400)}`;
    const links = [{ label: "Trang", url: "https://example.org/x" }];
    await world.bot.send(world.network.phone("Lan").chat, outgoing({ text, links }), unhurried());
    const received = world.network
      .phone("Lan")
      .received()
      .map((shown) => shown.text);
    expect(received.length).toBe(2);
    expect(received.every((part) => part.length <= 2_000 && part.isWellFormed())).toBe(true);
    expect(received.join("")).toContain("Trang: https://example.org/x");
    quiet(world);
  },
  "13: the rate is a setting; 403, 408, 5xx and 429 are worth another try": async () => {
    const world = await listening({ settings: { rate: 2 } });
    expect(world.bot.limits.rate).toMatchObject({ perSecond: 2 });
    const failures = await failuresOf([403, 408, 429, 500, 503]);
    expect(failures).toEqual(["busy", "uncertain", "rate-limited", "busy", "busy"]);
  },
  "14: too many for minutes means that the month is spent: only help is still tried, and the operator is told":
    async () => {
      const world = await listening({ network: { messagesPerMonth: 0 } });
      world.network.phone("Lan").start();
      await delivered(world);
      const { chat } = world.network.phone("Lan");
      const failure = (parts = {}) => failureOfSend(world, chat, parts);
      expect(await failure()).toBe("rate-limited");
      world.forward(70_000);
      expect(await failure()).toBe("rate-limited");
      world.forward(70_000);
      expect(await failure()).toBe("quota-spent");
      await expect(world.bot.send(chat, outgoing(), unhurried())).rejects.toMatchObject({ detail: "held-back" });
      const help = outgoing({ discreet: true });
      await expect(world.bot.send(chat, help, unhurried())).rejects.toMatchObject({ detail: "429" });
      expect(world.notices.filter(({ code }) => code === "allowance-spent")).toMatchObject([{ level: "error" }]);
    },
  "15: a send without an answer is called uncertain": async () => {
    const world = await listening();
    world.network.phone("Lan").start();
    await delivered(world);
    world.network.faults.cutAfter = 1;
    expect(await failureOfSend(world, world.network.phone("Lan").chat)).toBe("uncertain");
    expect(world.network.phone("Lan").received()).toHaveLength(1);
  },
  "16: different people are counted and the operator is warned at 80 % and at the cap": async () => {
    const world = await listening({ settings: { userCap: 10 } });
    for (let n = 1; n <= 12; n++) {
      world.network.phone(`person ${n}`).type("1");
      world.network.phone(`person ${n}`).type("2");
      await delivered(world);
    }
    const codes = world.notices.map(({ code }) => code).filter((code) => code.startsWith("people"));
    expect(codes).toEqual(["people-near-cap", "people-at-cap"]);
  },
  "17: somebody whose words are kept back is answered at most once an hour": async () => {
    const world = await listening();
    const phone = world.network.phone("Lan");
    phone.protect();
    for (let n = 0; n < 3; n++) phone.type("giúp tôi");
    expect(await delivered(world)).toMatchObject([{ input: { kind: "unreadable" } }]);
    world.forward(3_600_000);
    phone.type("giúp tôi");
    expect(await delivered(world)).toHaveLength(2);
    expect([...world.network.answers.keys()]).toEqual([200]);
  },
  "18: choices travel as the numbered text they are": async () => {
    const world = await listening();
    world.network.phone("Lan").start();
    await delivered(world);
    const choices = [{ id: "yes", label: "Có", token: "a:b:yes" }];
    await world.bot.send(world.network.phone("Lan").chat, outgoing({ text: "Nhé?\n\n1. Có", choices }), unhurried());
    world.network.phone("Lan").press("Có");
    expect((await delivered(world)).at(-1)?.input).toEqual({ kind: "text", text: "1" });
    quiet(world);
  },
  "20: nothing is edited or deleted": async () => {
    const world = await listening();
    world.network.phone("Lan").start();
    await delivered(world);
    const parts = { clear: true, erases: ["82aa"], replaces: "82aa" };
    const sent = await world.bot.send(world.network.phone("Lan").chat, outgoing(parts), unhurried());
    expect(sent).toEqual({ messageIds: [] });
    expect(world.network.calls.get("sendMessage")).toBe(1);
    quiet(world);
  },
  "25: only that getMe succeeds matters": async () => {
    const stub = await startStub((method) => (method === "getMe" ? { ok: true } : { ok: true, result: { url: "" } }));
    const world = await startWorld({ settings: { apiRoot: stub.root } });
    await expect(world.bot.start()).resolves.toBeUndefined();
  },
  "26 and 28: address, rate and caps are settings": async () => {
    const stub = await startStub(() => ({ ok: false, error_code: 401 }));
    const world = await startWorld({ settings: { apiRoot: `${stub.root}/elsewhere` } });
    await expect(world.bot.start()).rejects.toMatchObject({ code: "network_refused" });
    expect(stub.paths[0]).toBe(`/elsewhere/bot${world.network.token}/getMe`);
  },
  "27: the first words are the start, with or without a slash": async () => {
    const world = await listening();
    for (const text of ["/start", "start", "bắt đầu"]) world.network.phone("Lan").type(text);
    expect((await delivered(world)).map(({ input }) => input)).toEqual([
      { kind: "text", text: "/start" },
      { kind: "text", text: "start" },
      { kind: "text", text: "bắt đầu" },
    ]);
  },
  "29: nothing that people send is fetched": async () => {
    const stub = await startStub(() => ({}));
    const world = await listening();
    world.network.emit(event("message.image.received", { photo_url: `${stub.root}/x.jpg` }));
    world.network.emit(event("message.voice.received", { voice_url: `${stub.root}/x.aac`, message_id: "2" }));
    expect(await delivered(world)).toHaveLength(2);
    expect(stub.paths).toEqual([]);
  },
};

test.each(Object.entries(ROWS))("row %s", async (_, prove) => prove());

async function failureOfSend({ bot }: World, chat: string, parts = {}): Promise<string> {
  return bot.send(chat, outgoing(parts), unhurried()).then(
    () => "sent",
    (error: { failure: string }) => error.failure,
  );
}

/** How a send fails when the network answers with each of these codes. */
async function failuresOf(codes: readonly number[]): Promise<string[]> {
  const left = [...codes];
  const stub = await startStub(() => ({ ok: false, error_code: left.shift() }));
  const world = await attach((await startWorld()).network, { settings: { apiRoot: stub.root } });
  const failures: string[] = [];
  for (const _ of codes) failures.push(await failureOfSend(world, CHAT));
  return failures;
}

/** An API that answers each method as told. */
async function startStub(answer: (method: string) => unknown) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    paths.push(path);
    request.resume().on("end", () => response.end(JSON.stringify(answer(path.split("/").at(-1) ?? ""))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return { root: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, paths };
}
