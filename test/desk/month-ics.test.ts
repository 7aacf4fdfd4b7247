import fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { createEventPart } from "../../src/desk/month/event-part.ts";
import { calendarIcs } from "../../src/desk/month/ics.ts";
import type { CalendarEntry } from "../../src/desk/month/month.ts";
import { EVENT, LAN, MINH, monthWorld } from "./month-world.ts";

const ID = "le-phat-dong-vi-binh-dang-gioi";

/** The public address of events, on a month in which one is written. */
async function server() {
  const world = await monthWorld();
  const app = fastify();
  onTestFinished(() => app.close());
  await createEventPart({ month: world.queries, publicUrl: "https://antam.example/" }).open(app);
  await world.act("event.write", EVENT, LAN);
  await world.act("event.submit", { id: ID }, LAN);
  const get = (path: string) => app.inject(path);
  return { ...world, get };
}

/** The lines of a calendar file, unfolded (RFC 5545, 3.1). */
const linesOf = (body: string) => body.replace(/\r\n[ \t]/g, "").split("\r\n");

describe("/events/<id>.ics", () => {
  test("is there once the event is released, with its time, place and both languages, and nobody of the team", async () => {
    const { act, get } = await server();
    expect((await get(`/events/${ID}.ics`)).statusCode).toBe(404);
    await act("event.release", { id: ID }, MINH);
    const answer = await get(`/events/${ID}.ics`);
    expect(answer.headers).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="lich.ics"',
      "cache-control": "public, max-age=300",
    });
    const lines = linesOf(answer.body);
    expect(lines).toEqual(
      expect.arrayContaining([
        "METHOD:PUBLISH",
        `UID:${ID}@antam.example`,
        "SEQUENCE:1",
        "DTSTART:20261115T010000Z",
        "DTEND:20261115T040000Z",
        "SUMMARY:Lễ phát động vì bình đẳng giới",
        "LOCATION:Nhà văn hóa phường (Culture house)",
        "STATUS:CONFIRMED",
      ]),
    );
    expect(lines.join()).toContain("Launch for gender equality");
    expect(answer.body).not.toMatch(/minh|lan\b|writers/);
    expect(answer.body.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  });

  test("says that an event is cancelled, with a higher number", async () => {
    const { act, get } = await server();
    await act("event.release", { id: ID }, MINH);
    await act("event.cancel", { id: ID }, LAN);
    const lines = linesOf((await get(`/events/${ID}.ics`)).body);
    expect(lines).toEqual(expect.arrayContaining(["STATUS:CANCELLED", "SEQUENCE:2", `UID:${ID}@antam.example`]));
  });

  test.each([
    "/events/none.ics",
    "/events/..%2f..%2fetc.ics",
    "/events/A.ics",
    "/events/constructor.ics",
    `/events/${ID}`,
  ])("%s does not exist", async (path) => {
    const { get } = await server();
    expect((await get(path)).statusCode).toBe(404);
  });
});

test("the team's calendar has whole days as days and the rest at its time, each with a name of its own", () => {
  const entries: CalendarEntry[] = [
    { day: "2026-11-15", kind: "day", title: { vi: "Mở đầu", en: "Opening" } },
    { day: "2026-11-15", at: "08:00", kind: "event", title: { vi: "Lễ", en: "Launch" }, href: "/events/le" },
    { day: "2026-11-16", kind: "event", title: { vi: "Lễ", en: "Launch" }, href: "/events/le" },
    { day: "2026-11-15", kind: "plan", title: { vi: "Việc", en: "Task" }, href: "/plan#a" },
  ];
  const words = ({ kind }: CalendarEntry) => `${kind}: `;
  const lines = linesOf(calendarIcs(entries, { host: "h.example", lang: "en", stamp: 0, words }));
  expect(lines).toEqual(
    expect.arrayContaining([
      "SUMMARY:day: Opening",
      "DTSTART;VALUE=DATE:20261115",
      "DTEND;VALUE=DATE:20261116",
      "DTSTART:20261115T010000Z",
    ]),
  );
  const names = lines.filter((line) => line.startsWith("UID:"));
  expect([names.length, new Set(names).size]).toEqual([4, 4]);
});
