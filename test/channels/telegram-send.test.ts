import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../stores/temporary-folder.ts";
import { outgoing } from "./outgoing.ts";
import { choices, openStage, type Stage, until } from "./telegram-stage.ts";

/** A channel at work and a person who has written to it once. */
async function opened(options: Parameters<typeof openStage>[0] = {}) {
  const stage = await openStage(options);
  await stage.channel.start();
  const lan = stage.network.phone("Lan");
  lan.type("xin chào");
  await until(() => stage.inbounds.length === 1);
  return Object.assign(stage, { lan });
}

function newest({ network }: Stage, name = "Lan") {
  return network.phone(name).screen().at(-1);
}

test("a text goes out as it is, with its buttons", async () => {
  const stage = await opened();
  const text = "*không* <b>đậm</b> _gì_ https://example.org";
  const links = [{ label: "example.org", url: "https://example.org" }];
  const [id] = await stage.send(stage.lan.chat, { text, choices: choices("Có", "Không"), links });
  expect(newest(stage)).toMatchObject({
    id,
    text,
    buttons: ["Có", "Không", "example.org"],
    silent: false,
    protected: false,
  });
  stage.lan.press("Không");
  await until(() => stage.inbounds.length === 2);
  expect(stage.inbounds[1]?.input).toEqual({ kind: "choice", token: "f:n:c1" });
  await until(() => stage.lan.answers().length === 1);
  expect(stage.lan.answers()).toEqual([{ alert: false }]);
  expect(stage.network.refusals).toEqual([]);
});

test("a conversation about help makes no sound and cannot be forwarded", async () => {
  const stage = await opened();
  await stage.send(stage.lan.chat, { discreet: true });
  expect(newest(stage)).toMatchObject({ silent: true, protected: true });
});

test("a question gives way to what its press leads to", async () => {
  const stage = await opened();
  const [id = ""] = await stage.send(stage.lan.chat, { text: "Câu 1?", choices: choices("A"), passing: true });
  stage.lan.press("A");
  await until(() => stage.inbounds.length === 2);
  expect(stage.inbounds[1]?.replaces).toBe(id);
  const again = await stage.send(stage.lan.chat, {
    text: "Câu 2?",
    choices: choices("B"),
    passing: true,
    replaces: id,
  });
  expect(again).toEqual([id]);
  expect(newest(stage)).toMatchObject({ id, text: "Câu 2?", buttons: ["B"] });
  const same = await stage.send(stage.lan.chat, { text: "Câu 2?", choices: choices("B"), passing: true, replaces: id });
  expect(same).toEqual([id]);
  await stage.send(stage.lan.chat, { text: "Xong rồi.", replaces: id });
  expect(newest(stage)).toMatchObject({ id, text: "Xong rồi.", buttons: [] });
  expect(stage.lan.received()).toHaveLength(1);
});

test("what is no longer the newest, or no question, stays where it is", async () => {
  const stage = await opened();
  const [first = ""] = await stage.send(stage.lan.chat, { text: "Câu 1?", choices: choices("A"), passing: true });
  stage.lan.type("khoan đã");
  await until(() => stage.inbounds.length === 2);
  stage.lan.pressOn(first, "A");
  await until(() => stage.inbounds.length === 3);
  expect(stage.inbounds[2]?.replaces).toBeUndefined();
  const [second = ""] = await stage.send(stage.lan.chat, { text: "Câu 2", replaces: first });
  expect(second).not.toBe(first);
  expect(await stage.send(stage.lan.chat, { text: "Câu 3", replaces: second })).not.toEqual([second]);
  expect(stage.lan.screen().map(({ text }) => text)).toEqual(["xin chào", "Câu 1?", "khoan đã", "Câu 2", "Câu 3"]);
});

test("a message about help never takes the place of one that can be forwarded", async () => {
  const stage = await opened();
  const [id = ""] = await stage.send(stage.lan.chat, { text: "Câu 1?", choices: choices("A"), passing: true });
  expect(await stage.send(stage.lan.chat, { text: "Giúp", discreet: true, replaces: id })).not.toEqual([id]);
  expect(newest(stage)).toMatchObject({ text: "Giúp", protected: true });
});

test("a message that the person deleted is sent anew", async () => {
  const stage = await opened();
  const [id = ""] = await stage.send(stage.lan.chat, { text: "Câu 1?", choices: choices("A"), passing: true });
  await stage.send(stage.lan.chat, { text: "a", erases: [id], replaces: id });
  expect(stage.lan.screen().map(({ text }) => text)).toEqual(["xin chào", "a"]);
});

test("both sides are taken off the screen, in batches, before the next words", async () => {
  const stage = await opened();
  const typed = stage.inbounds[0]?.messageId ?? "";
  const [own = ""] = await stage.send(stage.lan.chat, { text: "về điều kín" });
  const unknown = Array.from({ length: 150 }, (_, index) => String(900_000 + index));
  await stage.send(stage.lan.chat, { text: "Trời hôm nay đẹp.", clear: true, erases: [...unknown, typed, own, "x"] });
  expect(stage.lan.screen().map(({ text }) => text)).toEqual(["Trời hôm nay đẹp."]);
  expect(stage.network.calls.get("deleteMessages")).toBe(2);
});

test("what is too old to be deleted holds up neither the words nor the deleting of the rest", async () => {
  const stage = await opened();
  const old = stage.inbounds[0]?.messageId ?? "";
  stage.network.advance(49 * 3_600_000);
  const young = [];
  for (const text of ["a", "b", "c"]) young.push(...(await stage.send(stage.lan.chat, { text })));
  const [first = "", ...others] = young;
  await stage.send(stage.lan.chat, { text: "Trời hôm nay đẹp.", clear: true, erases: [first, old, ...others] });
  const texts = stage.lan.screen().map(({ text }) => text);
  expect(texts.at(-1)).toBe("Trời hôm nay đẹp.");
  for (const gone of ["a", "b", "c"]) expect(texts).not.toContain(gone);
});

test("a screen is not left as it is because the network had a bad moment", async () => {
  const stage = await opened();
  const [id = ""] = await stage.send(stage.lan.chat, { text: "a" });
  stage.network.faults.failing = 1;
  const clearing = { text: "Trời hôm nay đẹp.", clear: true, erases: [id] };
  await expect(stage.send(stage.lan.chat, clearing)).rejects.toMatchObject({ failure: "busy" });
  stage.network.faults.failing = 0;
  await stage.send(stage.lan.chat, clearing);
  expect(stage.lan.screen().map(({ text }) => text)).not.toContain("a");
});

test("what has numbers to copy takes the place of nothing that cannot be copied", async () => {
  const stage = await opened();
  const asked = { text: "Bạn nói chuyện được không?", discreet: true, passing: true, choices: choices("Có") } as const;
  const [id = ""] = await stage.send(stage.lan.chat, asked);
  const [next] = await stage.send(stage.lan.chat, { text: "111", discreet: true, copyable: true, replaces: id });
  expect(next).not.toBe(id);
  expect(newest(stage)).toMatchObject({ text: "111", protected: false, silent: true });
});

test("a place can be shared with one press; the keyboard leaves afterwards", async () => {
  const stage = await opened();
  await stage.send(stage.lan.chat, { text: "Bạn ở đâu?", expects: "place", choices: choices("Bỏ qua") });
  expect(stage.lan.keyboard()).toEqual(["telegram.share_place:vi", "Bỏ qua"]);
  stage.lan.press("telegram.share_place:vi");
  await until(() => stage.inbounds.length === 2);
  expect(stage.inbounds[1]?.input.kind).toBe("location");
  await stage.send(stage.lan.chat, { text: "Bạn ở đâu?", expects: "place" });
  await stage.send(stage.lan.chat, { text: "Nơi ấy có ba chỗ giúp.", choices: choices("Xem") });
  expect(stage.lan.keyboard()).toHaveLength(1);
  await stage.send(stage.lan.chat, { text: "Xong." });
  expect(stage.lan.keyboard()).toEqual([]);
  expect(stage.network.refusals).toEqual([]);
});

test("the location button speaks the person's language", async () => {
  const stage = await opened();
  stage.turn = async () => ({ lang: "en" });
  stage.lan.type("English");
  await until(() => stage.inbounds.length === 2);
  await until(() => stage.network.waiting() === 0);
  await stage.send(stage.lan.chat, { text: "Where are you?", expects: "place" });
  expect(stage.lan.keyboard()).toEqual(["telegram.share_place:en"]);
});

const DRAFT = { name: "don.docx", type: "application/octet-stream", bytes: Buffer.from("PK đơn") };

test("a draft is a file that can be saved, its words the caption", async () => {
  const stage = await opened();
  await stage.send(stage.lan.chat, {
    text: "Đơn của bạn đây.",
    attachment: DRAFT,
    discreet: true,
    choices: choices("Xong"),
  });
  const shown = newest(stage);
  expect(shown).toMatchObject({ text: "Đơn của bạn đây.", buttons: ["Xong"], silent: true, protected: false });
  expect(shown?.file).toEqual({ name: "don.docx", bytes: DRAFT.bytes });
});

test("words too long for a caption go ahead of the file", async () => {
  const stage = await opened();
  const text = "Đơn. ".repeat(300);
  const ids = await stage.send(stage.lan.chat, { text, attachment: DRAFT, choices: choices("Xong") });
  expect(ids).toHaveLength(2);
  expect(stage.lan.received().map((shown) => [shown.text.length, shown.file?.name, shown.buttons])).toEqual([
    [text.trimEnd().length, undefined, []],
    [0, "don.docx", ["Xong"]],
  ]);
});

test("a file that is refused comes as words, the buttons below the last", async () => {
  const stage = await opened();
  const attachment = { ...DRAFT, bytes: Buffer.alloc(0) };
  const plainAttachment = () => ["Kính gửi", "Tôi tên là"];
  await stage.send(stage.lan.chat, { text: "Đây nhé.", attachment, plainAttachment, choices: choices("Xong") });
  expect(stage.lan.received().map(({ text, buttons }) => [text, buttons])).toEqual([
    ["Đây nhé.", []],
    ["Kính gửi", []],
    ["Tôi tên là", ["Xong"]],
  ]);
});

/** The smallest PNG there is. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a picture has its words as caption", async () => {
  const mediaFolder = await temporaryFolder();
  await writeFile(join(mediaFolder, "hoa.png"), PIXEL);
  const stage = await opened({ mediaFolder });
  await stage.send(stage.lan.chat, {
    text: "Một bông hoa",
    media: { kind: "image", file: "hoa.png" },
    choices: choices("A"),
  });
  expect(newest(stage)).toMatchObject({ text: "Một bông hoa", buttons: ["A"], picture: { bytes: PIXEL } });
  await stage.send(stage.lan.chat, {
    text: "b ".repeat(600),
    media: { kind: "image", file: "hoa.png" },
    choices: choices("A"),
  });
  expect(
    stage.lan
      .screen()
      .slice(-2)
      .map(({ buttons }) => buttons),
  ).toEqual([[], ["A"]]);
});

test.each(["gone.png", "../secret.txt", "/etc/hostname", ""])("without the file %j its words go out", async (file) => {
  const outer = await temporaryFolder();
  await writeFile(join(outer, "secret.txt"), "khóa");
  const stage = await opened({ mediaFolder: join(outer, "media") });
  await stage.send(stage.lan.chat, { text: "Một bông hoa", media: { kind: "image", file } });
  expect(newest(stage)).toMatchObject({ text: "Một bông hoa" });
  expect(newest(stage)?.picture).toBeUndefined();
});

test("what Telegram answers becomes what the delivery decides by", async () => {
  const stage = await opened();
  stage.network.faults.tooMany = 1;
  await expect(stage.send(stage.lan.chat, {})).rejects.toMatchObject({ failure: "rate-limited", retryAfterMs: 1_000 });
  stage.network.faults.tooMany = 0;
  stage.network.faults.failing = 1;
  await expect(stage.send(stage.lan.chat, {})).rejects.toMatchObject({ failure: "busy" });
  stage.network.faults.failing = 0;
  stage.network.faults.cutAfter = 1;
  await expect(stage.send(stage.lan.chat, {})).rejects.toMatchObject({ failure: "uncertain" });
  stage.network.faults.cutAfter = 0;
  await expect(stage.send("12345", {})).rejects.toMatchObject({ failure: "unreachable" });
  await expect(stage.send(stage.lan.chat, { text: "a".repeat(4_097) })).rejects.toMatchObject({ failure: "refused" });
  stage.lan.block();
  await expect(stage.send(stage.lan.chat, {})).rejects.toMatchObject({ failure: "unreachable" });
  await stage.network.offline(true);
  await stage.send(stage.lan.chat, {}).catch(() => "the connection that was open");
  await expect(stage.send(stage.lan.chat, {})).rejects.toMatchObject({ failure: "unavailable" });
});

test("an aborted send ends at once", async () => {
  const stage = await opened();
  stage.network.faults.latencyMs = 5_000;
  const abort = new AbortController();
  const sent = stage.channel.send(stage.lan.chat, outgoing({}), abort.signal);
  abort.abort();
  await expect(sent).rejects.toMatchObject({ failure: "uncertain" });
  await expect(stage.channel.send(stage.lan.chat, outgoing({}), abort.signal)).rejects.toMatchObject({
    failure: "unavailable",
  });
  stage.network.faults.latencyMs = 0;
});
