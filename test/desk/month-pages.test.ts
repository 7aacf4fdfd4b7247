import { describe, expect, test } from "vitest";
import { monthRoutes } from "../../src/desk/web/pages/month/routes.ts";
import { EVENT, LAN, MINH, monthWorld, SLOT, THEME } from "./month-world.ts";
import { openHouse } from "./support/house.ts";

const ID = "le-phat-dong-vi-binh-dang-gioi";

/** The real shell over a real month; Hà Nội runs the bot. */
async function house() {
  const world = await monthWorld();
  const desk = { month: world.queries };
  const opened = await openHouse({ routes: monthRoutes(), actions: world.actions, desk });
  return { ...opened, ...world, signedIn: opened.signedIn };
}

/** What the form of an event sends. */
const FORM = {
  ...{ "title.vi": EVENT.title.vi, "title.en": EVENT.title.en, "about.vi": EVENT.about.vi, "about.en": EVENT.about.en },
  ...{ "venue.vi": EVENT.venue.vi, "venue.en": EVENT.venue.en, "organiser.vi": "UBND", "organiser.en": "Ward" },
  ...{ place: EVENT.place, from: EVENT.from, until: EVENT.until, "reminders.0": "", "reminders.1": "2026-11-14T17:00" },
};
const SLOT_FORM = {
  ...{ "theme.vi": THEME.vi, "theme.en": THEME.en, "theme.en_by": "ours", "theme.document": THEME.document },
  ...{ "theme.source": THEME.source, "slogans.0.vi": "Một", "slogans.0.en": "One", "slogans.0.source": "Phụ lục II" },
  ...{ "slogans.1.vi": "", "slogans.1.en": "", "slogans.2.vi": "Hai", "slogans.2.en": "Two", "slogans.2.source": "" },
};

describe("the theme of the year, on its pages", () => {
  test("is written by one person, with the source of a row for those below it, and released by another", async () => {
    const { signedIn, queries } = await house();
    const author = await signedIn("lan", ["author"]);
    expect((await author.open("/desk/campaign")).body).toContain("An Tâm không kèm sẵn công văn hướng dẫn năm 2026");
    await author.open("/desk/campaign/2026/edit");
    expect((await author.send("/desk/campaign/2026", SLOT_FORM)).headers.location).toBe("/desk/campaign?said=saved");
    const [slot] = await queries.slots(LAN);
    expect(slot?.draft?.slogans).toEqual([
      { vi: "Một", en: "One", source: "Phụ lục II" },
      { vi: "Hai", en: "Two", source: "Phụ lục II" },
    ]);
    await author.open("/desk/campaign");
    await author.send("/desk/campaign/2026/submit", {});
    const approver = await signedIn("minh", ["approver"]);
    expect((await approver.open("/desk/campaign")).body).toContain("Bạn so từng chữ với công văn");
    await approver.send("/desk/campaign/2026/release", {});
    expect(await queries.slots(LAN)).toMatchObject([{ released: true }]);
  });

  test("keeps all that was typed when something is missing, and says what beside its field and at the top", async () => {
    const { signedIn, queries } = await house();
    const author = await signedIn("lan", ["author"]);
    await author.open("/desk/campaign/2026/edit");
    const again = await author.send("/desk/campaign/2026", { ...SLOT_FORM, "theme.document": "" });
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain(`<a href="#f-theme.document">Văn bản: Bạn điền phần này.</a>`);
    expect(again.body).toContain(`id="w-theme.document"`);
    expect(again.body).toContain(`value="Hai"`);
    expect(await queries.slots(LAN)).toMatchObject([{ draft: null }]);
  });

  test("of an older version is not overwritten", async () => {
    const { signedIn, act, clock } = await house();
    const author = await signedIn("lan", ["author"]);
    await act("slot.write", SLOT, LAN);
    const seen = String(clock.now);
    clock.now += 1_000;
    await act("slot.write", { ...SLOT, slogans: [] }, MINH);
    await author.open("/desk/campaign/2026/edit");
    const late = await author.send("/desk/campaign/2026", { ...SLOT_FORM, seen });
    expect([late.statusCode, late.body.includes("Có người vừa thay đổi")]).toEqual([409, true]);
  });
});

describe("events, on their pages", () => {
  test("are written, submitted, released and cancelled without a script", async () => {
    const { signedIn, queries, asked } = await house();
    const author = await signedIn("lan", ["author"]);
    await author.open("/desk/events/new");
    const made = await author.send("/desk/events", FORM);
    expect(made.headers.location).toBe(`/desk/events/${ID}?said=saved`);
    expect((await queries.event(ID, LAN)).reminders).toEqual(["2026-11-14T17:00"]);
    await author.open(`/desk/events/${ID}`);
    await author.send(`/desk/events/${ID}/submit`, {});
    const approver = await signedIn("minh", ["approver"]);
    const page = await approver.open(`/desk/events/${ID}`);
    expect(page.body).toContain("Trả lại để sửa");
    await approver.send(`/desk/events/${ID}/release`, {});
    expect((await author.open(`/desk/events/${ID}`)).body).toContain(`href="/events/${ID}.ics"`);
    expect((await author.open(`/desk/events/${ID}/cancel`)).body).toContain("Hủy rồi không mở lại được");
    await author.send(`/desk/events/${ID}/cancel`, {});
    expect(asked.map(([what]) => what)).toEqual(["release", "cancel"]);
  });

  test("are shown again with what was typed when a time or place does not fit", async () => {
    const { signedIn } = await house();
    const author = await signedIn("lan", ["author"]);
    await author.open("/desk/events/new");
    const night = await author.send("/desk/events", { ...FORM, "reminders.1": "2026-11-14T22:00" });
    expect(night.statusCode).toBe(422);
    expect(night.body).toContain("Nhắc lần 1: Từ 21 giờ đến 7 giờ sáng không gửi lời nhắc.");
    const nowhere = await author.send("/desk/events", { ...FORM, place: "<b>đâu đó" });
    expect(nowhere.body).toContain(`value="&#60;b&#62;đâu đó"`);
    expect(nowhere.body).toContain("Chưa rõ là nơi nào");
  });

  test("keep their place when the form is sent as it was drawn, however its name reads", async () => {
    const { signedIn, act, queries } = await house();
    await act("event.write", EVENT, LAN);
    const author = await signedIn("lan", ["author"]);
    await author.open(`/desk/events/${ID}/edit`);
    const drawn = { place: "Một tên khác", placeWas: "Một tên khác", placeCode: EVENT.place };
    await author.send(`/desk/events/${ID}`, { ...FORM, ...drawn, "title.vi": "Tên mới" });
    expect(await queries.event(ID, LAN)).toMatchObject({ place: EVENT.place, title: { vi: "Tên mới" } });
  });

  test("may not be released by who wrote them: the page says so in place of the button", async () => {
    const { signedIn, act, queries } = await house();
    const approver = await signedIn("minh", ["approver"]);
    await approver.open("/desk/events/new");
    await approver.send("/desk/events", FORM);
    await act("event.submit", { id: ID }, LAN);
    const page = await approver.open(`/desk/events/${ID}`);
    expect(page.body).toContain("Bạn là người viết nên không tự duyệt");
    expect(page.body).not.toContain(`/desk/events/${ID}/release`);
    expect((await approver.send(`/desk/events/${ID}/release`, {})).statusCode).toBe(403);
    expect((await queries.event(ID, LAN)).state).toBe("submitted");
  });

  test("show no buttons to staff who only read", async () => {
    const { signedIn, act } = await house();
    await act("event.write", EVENT, LAN);
    const reader = await signedIn("hoa", ["directory"]);
    const page = await reader.open(`/desk/events/${ID}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/events\/[a-z-]+\/(?:submit|edit|cancel|release)/);
    expect((await reader.open(`/desk/events/${ID}/edit`)).statusCode).toBe(403);
    expect((await reader.open("/desk/events/none")).statusCode).toBe(404);
  });
});

describe("the plan, on its page", () => {
  test("is ticked and makes drafts", async () => {
    const { signedIn, queries, drafts } = await house();
    const author = await signedIn("lan", ["author"]);
    await author.open("/desk/plan");
    const item = { campaign: "2026", item: "fill-slot" };
    expect((await author.send("/desk/plan/tick", { ...item, done: "yes" })).headers.location).toBe(
      "/desk/plan?said=ticked",
    );
    expect((await author.open("/desk/plan")).body).toContain("Đã xong 1 trên");
    expect((await queries.plan("2026", LAN)).find(({ id }) => id === "fill-slot")?.done).toBe(true);
    const drafted = await author.send("/desk/plan/draft", { campaign: "2026", item: "message-open" });
    expect(drafted.headers.location).toBe("/desk/broadcasts/draft-1?said=drafted");
    expect(drafts).toHaveLength(1);
  });
});

describe("the calendar, on its page", () => {
  test("shows five weeks, those asked for, and never another day than there is", async () => {
    const { signedIn, act } = await house();
    await act("event.write", EVENT, LAN);
    const author = await signedIn("lan", ["author"]);
    const page = await author.open("/desk/month");
    expect(page.body.match(/<time /g)).toHaveLength(35);
    expect(page.body).toContain(`href="/desk/events/${ID}"`);
    expect((await author.open("/desk/month?from=2026-12-25")).body).toContain(`datetime="2026-12-20"`);
    for (const odd of ["2026-02-31", "x", "9999-12-31", "0000-00-00", "<script>"]) {
      const answer = await author.open(`/desk/month?from=${encodeURIComponent(odd)}`);
      expect([answer.statusCode, answer.body.includes(`datetime="2026-11-15"`)]).toEqual([200, true]);
    }
  });

  test("comes as a file for the team's own calendar, in the person's language", async () => {
    const { signedIn, act } = await house();
    await act("event.write", EVENT, LAN);
    const author = await signedIn("lan", ["author"]);
    const file = await author.open("/desk/month/calendar.ics");
    expect(file.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(file.body).toContain("SUMMARY:Sự kiện: Lễ phát động vì bình đẳng giới");
  });
});
