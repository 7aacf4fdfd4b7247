import { describe, expect, test } from "vitest";
import { BROADCAST, EVENT, HAI_PHONG, made, OTHER_WARD, openWholeDesk, press, WARD } from "./security-stage.ts";
import { MINUTE } from "./staff-stage.ts";

/** What an attacker with an author's account of one commune tries. */
describe("an author of a commune", () => {
  test("neither sees nor touches drafts of another place, whatever address she types", async () => {
    const house = await openWholeDesk();
    const owner = await house.signedIn("chu", ["author"], HAI_PHONG);
    const broadcast = await made(owner, "broadcasts/new", {
      ...BROADCAST,
      title: "Việc riêng của Hải Phòng",
      "segment.places": HAI_PHONG,
    });
    const event = await made(owner, "events/new", { ...EVENT, "title.vi": "Việc riêng nữa", place: HAI_PHONG });
    const attacker = await house.signedIn("lan", ["author"], WARD);
    const statuses: Record<string, number> = {};
    for (const page of [
      broadcast,
      `${broadcast}/edit`,
      `${broadcast}/abort`,
      `${broadcast}/delete`,
      `${broadcast}/progress`,
    ])
      statuses[page] = (await attacker.open(page)).statusCode;
    for (const page of [event, `${event}/edit`, `${event}/cancel`])
      statuses[page] = (await attacker.open(page)).statusCode;
    await attacker.open("/desk");
    for (const step of ["submit", "delete", "test", "edit"])
      statuses[`POST ${step}`] = (await attacker.send(`${broadcast}/${step}`, BROADCAST)).statusCode;
    for (const step of ["submit", "cancel"])
      statuses[`POST event ${step}`] = (await attacker.send(`${event}/${step}`, {})).statusCode;
    statuses["POST event"] = (await attacker.send(event, EVENT)).statusCode;
    expect(Object.entries(statuses).filter(([, status]) => status !== 403)).toEqual([]);
    for (const page of ["/desk", "/desk/broadcasts", "/desk/events", "/desk/month", "/desk/month/calendar.ics"])
      expect((await attacker.open(page)).body).not.toContain("Việc riêng");
    expect((await owner.open(broadcast)).body).toContain("Việc riêng của Hải Phòng");
  });

  test("moves nothing to or from another place, and learns of nobody there", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"], WARD);
    const address = await made(lan, "broadcasts/new", BROADCAST);
    const event = await made(lan, "events/new", EVENT);
    for (const places of ["", OTHER_WARD, HAI_PHONG, `${WARD}\n${HAI_PHONG}`, "01"]) {
      const fields = { ...BROADCAST, "segment.places": places };
      expect((await lan.send(`${address}/edit`, fields)).statusCode).toBe(422);
      expect((await lan.send("/desk/broadcasts/new", fields)).statusCode).toBe(422);
      const reach = await lan.send("/desk/broadcasts/reach", fields);
      expect([reach.statusCode, reach.body]).toEqual([200, ""]);
    }
    for (const place of [OTHER_WARD, HAI_PHONG, "01"])
      expect((await lan.send(event, { ...EVENT, place })).statusCode).toBeGreaterThanOrEqual(400);
  });

  test("cannot release, return or hand out rights", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"], WARD);
    const broadcast = await made(lan, "broadcasts/new", BROADCAST);
    const event = await made(lan, "events/new", EVENT);
    await press(lan, broadcast, "submit");
    await press(lan, event, "submit");
    const tries = [`${broadcast}/release`, `${broadcast}/return`, `${event}/release`, `${event}/return`];
    const staff = [
      "/desk/staff/invite",
      "/desk/staff/lan",
      "/desk/staff/lan/reset",
      "/desk/staff/lan/unlock",
      "/desk/authority",
    ];
    for (const path of [...tries, ...staff]) {
      const answer = await lan.send(path, { remark: "x", name: "Lan", roles: ["admin"], place: "" });
      expect([path, answer.statusCode === 403 || answer.statusCode === 404]).toEqual([path, true]);
    }
    expect((await house.staff.member("lan"))?.roles).toEqual(["author"]);
    expect(await house.staff.all()).toHaveLength(2);
    const { broadcast: still } = await house.desk.broadcasts.view(broadcast.split("/").at(-1) ?? "", ADMIN);
    expect(still.state).toBe("submitted");
  });

  test("plans nothing for the quiet hours, and a suggested message is a draft for her commune alone", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"], WARD);
    await lan.open("/desk");
    for (const at of ["2026-11-25T21:00", "2026-11-25T23:30", "2026-11-25T06:59"])
      expect((await lan.send("/desk/broadcasts/new", { ...BROADCAST, "once.at": at })).statusCode).toBe(422);
    expect((await lan.send("/desk/events", { ...EVENT, "reminders.0": "2026-11-19T22:00" })).statusCode).toBe(422);
    const { body } = await lan.open("/desk/plan");
    const [, campaign = "", item = ""] =
      /action="\/desk\/plan\/draft"[\s\S]*?name="campaign" value="([^"]+)"[\s\S]*?name="item" value="([^"]+)"/.exec(
        body,
      ) ?? [];
    const drafted = await lan.send("/desk/plan/draft", { campaign, item, state: "released", places: "" });
    const id = /broadcasts\/([a-z0-9-]+)\?/.exec(String(drafted.headers.location))?.[1] ?? "";
    const { broadcast } = await house.desk.broadcasts.view(id, ADMIN);
    expect([broadcast.state, broadcast.segment.places]).toEqual(["draft", [WARD]]);
  });
});

const ADMIN = { id: "quan-tri", name: "", roles: ["admin"], via: "web" } as const;

describe("two people", () => {
  test("are two accounts: whoever wrote or changed it does not release it, with every role there is", async () => {
    const house = await openWholeDesk();
    const both = await house.signedIn("hai-vai", ["author", "approver"], WARD);
    for (const [form, fields] of [
      ["broadcasts/new", BROADCAST],
      ["events/new", EVENT],
    ] as const) {
      const address = await made(both, form, fields);
      await press(both, address, "submit");
      const answer = await both.send(`${address}/release`, {});
      expect([answer.statusCode, answer.body.includes("người thứ hai") || answer.statusCode === 403]).toEqual([
        403,
        true,
      ]);
    }
  });

  test("an approver who mended a word may not release it either", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"], WARD);
    const hoa = await house.signedIn("hoa", ["approver"], WARD);
    const address = await made(lan, "broadcasts/new", BROADCAST);
    await hoa.open("/desk");
    await hoa.send(`${address}/edit`, { ...BROADCAST, title: "Đã sửa" });
    await lan.open("/desk");
    await lan.send(`${address}/edit`, { ...BROADCAST, title: "Sửa lại như cũ" });
    await press(lan, address, "submit");
    expect((await hoa.send(`${address}/release`, {})).statusCode).toBe(403);
  });

  test.each([
    { what: "broadcast", form: "broadcasts/new", fields: BROADCAST, change: { "content.text.vi": "Lời khác hẳn." } },
    { what: "event", form: "events/new", fields: EVENT, change: { "about.vi": "Lời khác hẳn." } },
  ] as const)(
    "a $what that changed after the approver read it is not released as it stands",
    async ({ what, form, fields, change }) => {
      const house = await openWholeDesk();
      const lan = await house.signedIn("lan", ["author"], WARD);
      const hoa = await house.signedIn("hoa", ["approver"], WARD);
      const address = await made(lan, form, fields);
      await press(lan, address, "submit");
      const { body } = await hoa.open(address);
      const seen = /name="seen" value="(\d+)"/.exec(body)?.[1] ?? expect.fail("no version on the page");
      house.clock.now += MINUTE;
      const { body: editing } = await lan.open(`${address}/edit`);
      const version = /name="seen" value="(\d+)"/.exec(editing)?.[1];
      const to = what === "event" ? address : `${address}/edit`;
      const edited = await lan.send(to, { ...fields, ...change, ...(version !== undefined && { seen: version }) });
      expect(edited.statusCode).toBe(303);
      await press(lan, address, "submit");
      expect((await hoa.send(`${address}/release`, { seen })).statusCode).toBe(409);
      expect((await hoa.send(`${address}/return`, { seen, remark: "x" })).statusCode).toBe(409);
      const read = await press(hoa, address, "release");
      expect(read.statusCode).toBe(303);
    },
  );

  test("what is released is changed by nobody, and a change of an event waits for release again", async () => {
    const house = await openWholeDesk();
    const lan = await house.signedIn("lan", ["author"], WARD);
    const hoa = await house.signedIn("hoa", ["approver"], WARD);
    const broadcast = await made(lan, "broadcasts/new", BROADCAST);
    const event = await made(lan, "events/new", EVENT);
    for (const address of [broadcast, event]) {
      await press(lan, address, "submit");
      expect((await press(hoa, address, "release")).statusCode).toBe(303);
    }
    await lan.open("/desk");
    for (const step of ["edit", "delete", "submit"])
      expect([step, (await lan.send(`${broadcast}/${step}`, BROADCAST)).statusCode]).toEqual([step, 409]);
    const list = await house.desk.broadcasts.list(ADMIN);
    const reminder =
      list.find(({ broadcast: one }) => one.event !== undefined)?.broadcast ?? expect.fail("no reminder");
    expect([reminder.releasedBy, reminder.writers]).toEqual(["hoa", ["lan"]]);
    const edit = await lan.send(`/desk/broadcasts/${reminder.id}/edit`, BROADCAST);
    expect(edit.statusCode).toBe(409);
    expect((await lan.send(event, { ...EVENT, "about.vi": "Lời khác hẳn." })).statusCode).toBe(303);
    const published = await house.desk.month.publicEvent(event.split("/").at(-1) ?? "");
    expect([published?.about.vi, (await house.desk.broadcasts.view(reminder.id, ADMIN)).broadcast.content]).toEqual([
      "Đi bộ.",
      reminder.content,
    ]);
  });
});
