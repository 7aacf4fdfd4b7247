import { describe, expect, test } from "vitest";
import type { Broadcast } from "../../src/broadcast/broadcast.ts";
import type { BroadcastView, Standing } from "../../src/desk/broadcasts/broadcasts.ts";
import type { Slot } from "../../src/desk/month/month.ts";
import { differences } from "../../src/desk/web/difference.ts";
import { codeOf, emptyQueries, openHouse, PASSWORD } from "./support/house.ts";

const BROADCAST: Broadcast = {
  id: "tin-1",
  title: "Chào <tháng>",
  content: { kind: "tip" },
  segment: { topics: ["tips"], channels: [], langs: [], places: [] },
  schedule: { kind: "once", at: "2026-11-20T08:00", notAfter: "2026-11-20T18:00" },
  state: "draft",
  author: "hoa",
  writers: ["hoa"],
  changedAt: 0,
};

function view(broadcast: Partial<Broadcast>, standing: Standing, runs: BroadcastView["runs"] = []): BroadcastView {
  const whole = { ...BROADCAST, ...broadcast };
  return { broadcast: whole, standing, runs, nextAt: null, authorName: "Hoa", releasedByName: null };
}

describe("today", () => {
  const house = () => {
    const run = { run: "tin-3", startedAt: 0, planned: true, closed: null };
    const views = [
      view({ id: "tin-1", title: "Chờ <duyệt>", state: "submitted" }, "submitted"),
      view({ id: "tin-2", title: "Bị trả lại", remark: "Câu đầu dài quá" }, "draft"),
      view({ id: "tin-3", title: "Đang đi", state: "released" }, "sending", [
        {
          run,
          tallies: [
            { channel: "web", state: "sent", why: "", n: 40 },
            { channel: "web", state: "planned", why: "", n: 60 },
          ],
        },
      ]),
    ];
    const slot: Slot = {
      campaign: "2026",
      year: 2026,
      title: { vi: "Tháng hành động 2026", en: "2026" },
      place: undefined,
      draft: null,
      released: false,
      shown: null,
      warnings: [],
      mine: true,
    };
    const { broadcasts, month } = emptyQueries;
    return openHouse({
      desk: { broadcasts: { ...broadcasts, list: async () => views }, month: { ...month, slots: async () => [slot] } },
    });
  };

  test("shows an approver what waits for release, what is being sent and which theme is open", async () => {
    const visitor = await (await house()).signedIn("duyet", ["approver"]);
    const { body } = await visitor.open("/desk");
    expect(body).toContain('Chờ bạn duyệt: <a href="/desk/broadcasts/tin-1">Chờ &#60;duyệt&#62;</a>');
    expect(body).toContain("đã gửi 40 trên 100 người");
    expect(body).toContain("Chưa điền chủ đề:");
    expect(body).not.toContain("Bị trả lại");
  });

  test("shows an author what came back with the remark, and nothing of their own to release", async () => {
    const visitor = await (await house()).signedIn("hoa", ["author", "approver"]);
    const { body } = await visitor.open("/desk");
    expect(body).toContain("Câu đầu dài quá");
    expect(body).not.toContain("Chờ bạn duyệt");
  });

  test("shows somebody of the directory no broadcasts", async () => {
    const visitor = await (await house()).signedIn("danh-ba", ["directory"]);
    const { body } = await visitor.open("/desk");
    expect(body).not.toMatch(/tin-1|tin-3|Soạn tin mới/);
    expect(body).toContain("Không có việc nào chờ bạn.");
  });
});

describe("staff", () => {
  test("an administrator invites somebody by a link that is shown once", async () => {
    const house = await openHouse({ publicUrl: "https://antam.example" });
    const visitor = await house.signedIn("quan-ly", ["admin"]);
    await visitor.open("/desk/staff/invite");
    const none = await visitor.send("/desk/staff/invite", { name: "Chị Cúc", place: "Xứ sở không có" });
    expect(none.statusCode).toBe(422);
    for (const text of [
      "Bạn chọn ít nhất một vai trò.",
      "Chưa tìm ra nơi này.",
      'value="Chị Cúc"',
      'value="Xứ sở không có"',
    ]) {
      expect(none.body).toContain(text);
    }
    const shown = await visitor.send("/desk/staff/invite", {
      name: "Chị Cúc",
      roles: ["author", "directory"],
      place: "00004",
    });
    const token = /https:\/\/antam\.example\/desk\/accept\/([\w-]{43})/.exec(shown.body)?.[1] ?? "";
    expect(await house.staff.invitation(token)).toMatchObject({ roles: ["author", "directory"], place: "00004" });
    expect(house.logged.join()).not.toContain(token);
  });

  test("changes somebody, and says it there", async () => {
    const house = await openHouse();
    await house.signedIn("hoa", ["author"], "00004");
    const visitor = await house.signedIn("quan-ly", ["admin"]);
    const page = await visitor.open("/desk/staff/hoa");
    expect(page.body).toContain('name="placeCode" value="00004"');
    const fields = {
      name: "Lê Thị Hoa",
      roles: ["approver"],
      place: "00004",
      placeWas: "00004",
      placeCode: "00004",
      active: "yes",
    };
    expect((await visitor.send("/desk/staff/hoa", fields)).headers.location).toBe("/desk/staff/hoa?said=saved");
    expect(await house.staff.member("hoa")).toMatchObject({ name: "Lê Thị Hoa", roles: ["approver"], place: "00004" });
    const list = await visitor.open("/desk/staff");
    expect(list.body).toContain("Chưa bật lớp bảo vệ thứ hai");
  });

  test("of another place is nobody's business", async () => {
    const house = await openHouse();
    await house.signedIn("hai-phong", ["author"], "31");
    const visitor = await house.signedIn("ha-noi", ["admin"], "01");
    expect((await visitor.open("/desk/staff")).body).not.toContain("hai-phong");
    expect((await visitor.open("/desk/staff/hai-phong")).statusCode).toBe(403);
    const sent = await visitor.send("/desk/staff/hai-phong", {
      name: "X",
      roles: ["author"],
      place: "31",
      active: "yes",
    });
    expect(sent.statusCode).toBe(403);
    expect((await visitor.open("/desk/staff/nobody")).statusCode).toBe(404);
  });

  test("a link for a new password works once and ends every session", async () => {
    const house = await openHouse();
    const hoa = await house.signedIn("hoa", ["author"]);
    const visitor = await house.signedIn("quan-ly", ["admin"]);
    await visitor.open("/desk/staff/hoa");
    const shown = await visitor.send("/desk/staff/hoa/reset", {});
    const path = /\/desk\/accept\/[\w-]{43}/.exec(shown.body)?.[0] ?? "";
    house.clock.now += 1;
    const other = house.visitor();
    const page = await other.open(path);
    expect(page.body).toContain("Đặt mật khẩu mới");
    expect(page.body).not.toContain('name="login"');
    const next = { password: "nắng lên ngoài hiên nhà", again: "nắng lên ngoài hiên nhà" };
    expect((await other.send(path, next)).headers.location).toBe("/desk");
    expect((await hoa.open("/desk")).statusCode).toBe(303);
    expect((await house.visitor().open(path)).statusCode).toBe(404);
  });
});

describe("one's own account", () => {
  test("gets another second factor only with the password", async () => {
    const house = await openHouse();
    const visitor = await house.signedIn("duyet", ["approver"]);
    expect((await visitor.open("/desk/enrol")).headers.location).toBe("/desk/account");
    await visitor.open("/desk/account");
    expect((await visitor.send("/desk/renew", { current: "không phải đâu nhé" })).statusCode).toBe(422);
    expect((await visitor.send("/desk/renew", { current: PASSWORD })).headers.location).toBe("/desk/enrol");
    const page = await visitor.open("/desk/enrol");
    const secret = /class="secret">([^<]+)</.exec(page.body)?.[1]?.replaceAll(" ", "") ?? "";
    expect((await visitor.open("/desk/enrol")).body).toContain(
      page.body.slice(page.body.indexOf("<svg"), page.body.indexOf("</svg>")),
    );
    house.clock.now += 60_000;
    const done = await visitor.send("/desk/enrol", { code: codeOf(house, secret) });
    expect(done.headers.location).toBe("/desk/account?said=second-factor");
    expect((await visitor.open("/desk")).statusCode).toBe(200);
  });

  test("changes the language and comes back to the same page", async () => {
    const house = await openHouse();
    const visitor = await house.signedIn("hoa", ["author"]);
    const answer = await visitor.send("/desk/language", { lang: "en", back: "/desk/account?x=1" });
    expect(answer.headers.location).toBe("/desk/account?x=1");
    expect((await visitor.open("/desk/account")).body).toContain("My account");
    expect((await visitor.send("/desk/language", { lang: "vi", back: "https://evil.example" })).headers.location).toBe(
      "/desk",
    );
    expect((await visitor.send("/desk/language", { lang: "fr", back: "/desk" })).statusCode).toBe(422);
  });

  test("shows a code for test messages with how to use it", async () => {
    const house = await openHouse();
    const visitor = await house.signedIn("hoa", ["author"]);
    await visitor.open("/desk/account");
    expect((await visitor.send("/desk/account/test-code", {})).body).toMatch(/mã thử \d{8}/);
    expect((await visitor.send("/desk/account/test-forget", {})).headers.location).toBe(
      "/desk/account?said=test-forgotten",
    );
  });
});

test("the authority's page keeps what was typed, then what was saved", async () => {
  const house = await openHouse();
  const visitor = await house.signedIn("quan-ly", ["admin"]);
  await visitor.open("/desk/authority");
  const typed = { "name.vi": "Phường Mới", "name.en": "", place: "01", "hours.vi": "8:00", "hours.en": "8:00" };
  const wrong = await visitor.send("/desk/authority", typed);
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('<a href="#f-name.en">Tên đơn vị, tiếng Anh: Mục này cần có nội dung.</a>');
  expect(wrong.body).toContain('value="Phường Mới"');
  const saved = await visitor.send("/desk/authority", { ...typed, "name.en": "New ward" });
  expect(saved.headers.location).toBe("/desk/authority?said=saved");
  const page = await visitor.open("/desk/authority?said=saved");
  expect(page.body).toContain('<p class="said" role="status">Đã lưu.</p>');
  expect(page.body).toContain("<span>Phường Mới</span>");
  expect((await visitor.open("/desk/authority?said=nothing-like-it")).body).not.toContain('class="said"');
});

test("the audit trail is read by its parts, with before and after in words", async () => {
  const house = await openHouse();
  await house.signedIn("hoa", ["author"], "00004");
  const visitor = await house.signedIn("quan-ly", ["admin"]);
  house.clock.now += 1_000;
  await house.staff.change(
    { id: "hoa", roles: ["approver"] },
    { id: "quan-ly", name: "Chị Quản", roles: ["admin"], via: "command" },
  );
  const all = await visitor.open("/desk/audit?action=staff");
  expect(all.body).toContain("Đổi thông tin một người");
  expect(all.body).toContain("bằng dòng lệnh");
  expect(all.body).toContain("<dt>Vai trò</dt><dd><del>Người soạn</del> <ins>Người duyệt</ins></dd>");
  expect((await visitor.open("/desk/audit?action=authority")).body).toContain("Chưa có gì.");
  expect((await visitor.open("/desk/audit?action=' or 1=1&before=x")).statusCode).toBe(200);
});

test("a difference names what was added, changed and taken away, however deep", () => {
  const before = { a: { vi: "một", en: "one" }, list: [1, 2], gone: true, same: "x" };
  const after = { a: { vi: "hai", en: "one" }, list: [1, 2, 3], same: "x", rows: [{ id: "r" }] };
  expect(differences(before, after)).toEqual([
    { path: "a.vi", before: "một", after: "hai" },
    { path: "list", before: "1, 2", after: "1, 2, 3" },
    { path: "gone", before: "true", after: undefined },
    { path: "rows.0.id", before: undefined, after: "r" },
  ]);
  expect(differences(undefined, undefined)).toEqual([]);
});
