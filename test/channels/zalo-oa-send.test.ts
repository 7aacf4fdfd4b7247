import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startedWorld } from "./zalo-oa-world.ts";

const DAY = 24 * 3_600_000;
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const PDF = { name: "don.pdf", type: "application/pdf", bytes: Buffer.from("%PDF-1.7\n…") };
const CHOICES = ["Có", "Không"].map((label, at) => ({ id: `c${at}`, label, token: `menu:main:c${at}` }));
const CHOICE_TEXT = "Bạn nói được không?\n\n1. Có\n2. Không";

async function mediaFolder(bytes = PNG): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-media-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "poster.png"), bytes);
  return folder;
}

const image = (file: string) => ({ media: { kind: "image" as const, file } });

describe("texts", () => {
  test("arrive composed, with links that they do not name, and the network's name for them comes back", async () => {
    const { network, phone, send } = await startedWorld();
    const links = ["https://a.vn", "https://b.vn"].map((url) => ({ label: new URL(url).host, url }));
    const ids = await send(phone, { text: "Chào bạn. Xem https://a.vn".normalize("NFD"), links });
    const [shown] = phone.received();
    expect(shown?.text).toBe("Chào bạn. Xem https://a.vn\n\nb.vn: https://b.vn");
    expect([ids, network.refusals]).toEqual([[shown?.id], []]);
  });

  test("longer than the network takes are cut, and lose no word", async () => {
    const { network, phone, send } = await startedWorld();
    const words = Array.from({ length: 900 }, (_, n) => `từ${n}`);
    await send(phone, { text: words.join(" ") });
    const received = phone.received().map(({ text }) => text);
    expect(received.length).toBeGreaterThan(1);
    expect(received.join(" ").split(/\s+/)).toEqual(words);
    expect(network.refusals).toEqual([]);
  });

  test("with nothing to say nothing is sent", async () => {
    const { phone, send } = await startedWorld();
    expect(await send(phone, { text: "" })).toEqual([]);
    expect(phone.received()).toEqual([]);
  });
});

describe("buttons", () => {
  test("are not sent while the switch is off", async () => {
    const { phone, send } = await startedWorld({ network: { buttons: "accepted" } });
    await send(phone, { text: CHOICE_TEXT, choices: CHOICES });
    expect(phone.received().map(({ buttons }) => buttons)).toEqual([[]]);
  });

  test("stand below the numbered text, and a tap is a choice", async () => {
    const world = await startedWorld({ network: { buttons: "accepted" }, settings: { buttons: true } });
    await world.send(world.phone, { text: CHOICE_TEXT, choices: CHOICES });
    expect(world.phone.received()).toMatchObject([{ text: CHOICE_TEXT, buttons: ["Có", "Không"] }]);
    world.phone.press("Không");
    await vi.waitFor(() => expect(world.inbounds.at(-1)?.input).toEqual({ kind: "choice", token: "menu:main:c1" }));
    expect(world.network.refusals).toEqual([]);
  });

  test("give way to the text alone once the network refuses them, and stay away", async () => {
    const { network, phone, send, codes } = await startedWorld({ settings: { buttons: true } });
    await send(phone, { text: CHOICE_TEXT, choices: CHOICES });
    await send(phone, { text: CHOICE_TEXT, choices: CHOICES });
    expect(phone.received().map(({ text }) => text)).toEqual([CHOICE_TEXT, CHOICE_TEXT]);
    expect(codes().filter((code) => code === "buttons-refused")).toHaveLength(1);
    expect(network.refusals).toEqual([]);
  });

  test("are left out of a question with more than five answers, and long labels are shortened", async () => {
    const { network, phone, send } = await startedWorld({
      network: { buttons: "accepted" },
      settings: { buttons: true },
    });
    const six = Array.from({ length: 6 }, (_, n) => ({ id: `${n}`, label: `${n}`, token: `a:b:${n}` }));
    await send(phone, { text: "Chọn", choices: six });
    await send(phone, { text: "Chọn", choices: [{ id: "a", label: "dài ".repeat(60), token: "a:b:c" }] });
    expect(phone.received().map(({ buttons }) => buttons.length)).toEqual([0, 1]);
    expect(network.refusals).toEqual([]);
  });
});

describe("pictures", () => {
  test("are uploaded once in six days", async () => {
    const { network, phone, send, forward } = await startedWorld({ mediaFolder: await mediaFolder() });
    await send(phone, { text: "Áp phích", ...image("poster.png") });
    await send(phone, { text: "Áp phích", ...image("poster.png") });
    expect(network.calls.get("upload/image")).toBe(1);
    forward(6 * DAY);
    await send(phone, { text: "Áp phích", ...image("poster.png") });
    expect(network.calls.get("upload/image")).toBe(2);
    expect(phone.received().map(({ text, picture }) => [text, picture?.bytes?.equals(PNG)])).toEqual(
      Array.from({ length: 3 }, () => ["Áp phích", true]),
    );
    expect(network.refusals).toEqual([]);
  });

  test("are uploaded again when the network has forgotten them", async () => {
    const { network, phone, send } = await startedWorld({ mediaFolder: await mediaFolder() });
    await send(phone, { text: "Áp phích", ...image("poster.png") });
    network.forward(7 * DAY - 60_000);
    phone.type("còn đây");
    network.forward(120_000);
    await send(phone, { text: "Áp phích", ...image("poster.png") });
    expect(phone.received().map(({ picture }) => picture?.bytes?.equals(PNG))).toEqual([true, true]);
  });

  test("go by their address when the upload is refused, else the words go alone", async () => {
    const files = { "poster.png": PNG };
    const world = await startedWorld({ mediaFolder: await mediaFolder(Buffer.from("no picture")), files });
    await world.send(world.phone, { text: "Áp phích", ...image("poster.png") });
    expect(world.phone.received()[0]?.picture?.url).toMatch(/\/media\/poster\.png$/);
    await world.send(world.phone, { text: "Không có ảnh", ...image("missing.png") });
    await world.send(world.phone, { text: "Ngoài thư mục", ...image("../package.json") });
    expect(
      world.phone
        .received()
        .slice(1)
        .map(({ text, picture }) => [text, picture]),
    ).toEqual([
      ["Không có ảnh", undefined],
      ["Ngoài thư mục", undefined],
    ]);
    expect(world.codes()).toContain("picture-refused");
  });

  test("recordings, which the network does not take, are their words", async () => {
    const { phone, send } = await startedWorld();
    await send(phone, { text: "Lời đọc", media: { kind: "voice", file: "a.aac" } });
    expect(phone.received().map(({ text }) => text)).toEqual(["Lời đọc"]);
  });
});

describe("a letter", () => {
  const plainAttachment = () => ["ĐƠN ĐỀ NGHỊ", "Tôi viết đơn này."];

  test("is a file, with its words below", async () => {
    const { network, phone, send } = await startedWorld();
    await send(phone, { text: "Đơn của bạn đây.", attachment: PDF, plainAttachment });
    const [file, words] = phone.received();
    expect([file?.file?.name, file?.file?.bytes.equals(PDF.bytes), words?.text]).toEqual([
      "don.pdf",
      true,
      "Đơn của bạn đây.",
    ]);
    expect(network.refusals).toEqual([]);
  });

  test.each([
    ["the network refuses", { ...PDF, bytes: Buffer.from("no PDF at all") }],
    ["is too large", { ...PDF, bytes: Buffer.alloc(5 * 1024 * 1024 + 1) }],
    ["is of another kind", { ...PDF, name: "don.txt" }],
  ])("that %s is sent as what it says", async (_, attachment) => {
    const { phone, send, codes } = await startedWorld();
    await send(phone, { text: "Đơn của bạn đây.", attachment, plainAttachment });
    expect(phone.received().map(({ text }) => text)).toEqual([...plainAttachment(), "Đơn của bạn đây."]);
    expect(codes()).toContain("file-refused");
  });
});
