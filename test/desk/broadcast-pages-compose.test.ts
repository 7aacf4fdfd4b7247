import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { FormBody } from "../../src/desk/web/route.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { FORM, fieldsIn, pageOf, saved } from "./broadcast-pages-form.ts";
import { lan, openStage, person, type Stage } from "./broadcast-pages-stage.ts";

let stage: Stage;

beforeEach(async () => {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  stage = await openStage(folder);
});

const PICTURE = { name: "anh.html", type: "text/html", bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) };

/** The composer again, for a form that was not taken. */
async function refused(changes: FormBody, actor = lan): Promise<string> {
  return (await pageOf(stage.send("/broadcasts/new", { ...FORM, ...changes }, actor))).body.markup;
}

const shown = async (path: string, actor = lan) => (await stage.show(path, actor)).body.markup;

describe("the composer", () => {
  test("makes a draft of a form, with rows left out and labels filled in", async () => {
    const { content, segment, schedule } = await saved(stage);
    const quiz = stage.desk.broadcasts.ways().find((way) => "quiz" in way && way.quiz === "myths");
    expect(content).toEqual({
      kind: "message",
      text: { vi: "Chào bạn,\n\nMời bạn đến nhà văn hóa.", en: "Hello,\n\nCome to the culture house." },
      ways: [{ payload: "tips", label: { vi: "Xem mẹo", en: "See a tip" } }, quiz],
    });
    expect(segment).toEqual({ topics: ["campaign"], channels: ["telegram", "zalo-bot"], langs: [], places: ["01"] });
    expect(schedule).toEqual({ kind: "once", at: "2026-11-25T08:30", notAfter: "2026-11-25T21:00" });
  });

  test.each([
    { "content.kind": "tip", "content.topic": "images", "segment.topics": ["tips", "campaign"] },
    { "content.kind": "quiz", "content.intro.vi": "Chơi nhé", "content.intro.en": "Play", "content.quiz": "myths" },
    { "schedule.kind": "daily", "daily.from": "2026-11-25", "daily.to": "2026-12-10", "daily.at": "08:00" },
    { media: PICTURE, "content.media.alt.vi": "Ảnh", "content.media.alt.en": "Picture", "segment.langs": "vi" },
  ])("shows again exactly what was saved, and saves that again: %#", async (changes: FormBody) => {
    const before = await saved(stage, changes);
    const form = fieldsIn(await shown(`/broadcasts/${before.id}/edit`));
    expect(await stage.send(`/broadcasts/${before.id}/edit`, form, lan)).toBe(`/broadcasts/${before.id}?said=saved`);
    expect((await stage.desk.broadcasts.view(before.id, lan)).broadcast).toEqual(before);
  });

  test("says everything that does not fit beside its field, keeping what was entered and the file", async () => {
    const page = await refused({
      ...{
        title: "",
        "content.text.en": "",
        "once.at": "2026-11-25T22:00",
        "segment.places": "Tân Phú",
        media: PICTURE,
      },
    });
    for (const field of ["title", "content.text.en", "once.at", "segment.places", "content.media.alt.vi"]) {
      expect(page).toContain(`id="w-${field}"`);
      expect(page).toContain(`href="#f-${field}"`);
    }
    const form = fieldsIn(page);
    expect(form).toMatchObject({ "content.text.vi": FORM["content.text.vi"], "segment.places": "Tân Phú" });
    expect(form["content.media.file"]).toMatch(/^[0-9a-f]{32}\.jpg$/);
    expect(await stage.desk.broadcasts.list(lan)).toEqual([]);
  });

  test("does not take a file that is none", async () => {
    const page = await refused({ media: { ...PICTURE, bytes: Buffer.from("<html>") } });
    expect(page).toContain('id="w-media"');
  });

  test.each([
    ["once.at", { "once.at": "2026-11-22T08:00" }],
    ["once.notAfter", { "once.notAfter": "2026-11-25T07:30" }],
    [
      "daily.to",
      { "schedule.kind": "daily", "daily.from": "2026-11-25", "daily.to": "2026-11-24", "daily.at": "08:00" },
    ],
    ["daily.from", { "schedule.kind": "daily", "daily.from": "", "daily.to": "2026-11-24", "daily.at": "08:00" }],
    ["content.ways.1.to", { "content.ways.1.label.vi": "Đi đâu" }],
    ["content.ways.0.label.vi", { "content.ways.0.label.vi": "dài ".repeat(20) }],
    ["content.intro.vi", { "content.kind": "quiz" }],
    ["segment.topics", { "segment.topics": "weather" }],
    ["content.topic", { "content.kind": "tip", "content.topic": "weather" }],
  ])("refuses %s beside it", async (field, changes) => {
    expect(await refused(changes)).toContain(`id="w-${field}"`);
  });

  test("holds somebody to the place they work for, which it fills in", async () => {
    const dao = person("dao", ["author"], "01");
    const form = fieldsIn(await shown("/broadcasts/new", dao));
    expect(form).toMatchObject({ "segment.places": "Hà Nội", placeCodes: "01" });
    expect(await refused({ "segment.places": "Cần Thơ" }, dao)).toContain('id="w-segment.places"');
    expect(await refused({ "segment.places": "" }, dao)).toContain('id="w-segment.places"');
    expect((await saved(stage, { "segment.places": "Hà Nội" }, dao)).segment.places).toEqual(["01"]);
  });

  test("takes several places, one to a line, each once, and shows which are unknown or could be several", async () => {
    const places = "Hà Nội\r\nCần Thơ\r\n\r\n  TP Hà Nội ";
    const { id, segment } = await saved(stage, { "segment.topics": ["quizzes", "tips"], "segment.places": places });
    expect(segment).toMatchObject({ topics: ["tips", "quizzes"], places: ["01", "92"] });
    expect(await shown(`/broadcasts/${id}`)).toContain("Mẹo qua tin nhắn, Đố vui mới");
    const page = await refused({ "segment.places": "Ba Đình\nHà Nội\nchốn nào đó" });
    const [, beside] = /id="w-segment.places">([^<]*)</.exec(page) ?? [];
    expect(beside).toMatch(
      /^“Ba Đình” có ở: Ba Đình \(Hà Nội\), Ba Đình \(Thanh Hóa\), Ba Dinh \(Quảng Ngãi\)\. Bạn ghi thêm tên tỉnh\. Không rõ “chốn nào đó”/,
    );
    const provinces = Array.from(
      { length: 100 },
      (_, n) => stage.desk.places.name(String(n).padStart(2, "0"))?.vi ?? "",
    );
    const many = provinces.filter(Boolean).slice(0, 21).join("\n");
    expect(await refused({ "segment.places": many })).toMatch(/id="w-segment.places">Nhiều nhất 20 nơi/);
  });

  test("previews what is only half written, without keeping anything", async () => {
    const route = stage.routes.find(({ path }) => path === "/broadcasts/preview");
    if (route?.method !== "POST" || !("show" in route)) throw new Error("no preview");
    const body = { "content.kind": "message", "content.text.vi": "<b>Chào</b>", "media.coming": "jpeg" };
    const { markup: preview } = await route.show(stage.here(lan), body, {});
    expect(preview).toContain("&#60;b&#62;Chào&#60;/b&#62;");
    expect(preview).toContain("Ảnh bạn vừa chọn sẽ ở đây");
    expect(await stage.desk.broadcasts.list(lan)).toEqual([]);
  });
});
