import type { Broadcast } from "../../src/broadcast/broadcast.ts";
import type { Actor } from "../../src/desk/access.ts";
import type { FormBody, Page } from "../../src/desk/web/route.ts";
import { lan, type Stage } from "./broadcast-pages-stage.ts";

/** A form that fits. */
export const FORM: FormBody = {
  title: "Mời dự hội thi",
  "content.kind": "message",
  "content.text.vi": "Chào bạn,\r\n\r\nMời bạn đến nhà văn hóa.",
  "content.text.en": "Hello,\r\n\r\nCome to the culture house.",
  "content.ways.0.to": "payload:tips",
  "content.ways.0.label.vi": "Xem mẹo",
  "content.ways.0.label.en": "See a tip",
  "content.ways.2.to": "quiz:myths",
  "segment.topics": "campaign",
  "segment.channels": ["telegram", "zalo-bot"],
  "segment.places": "Hà Nội",
  "schedule.kind": "once",
  "once.at": "2026-11-25T08:30",
};

/** Sends the form, with changes; it has to be taken. */
export async function saved(stage: Stage, changes: FormBody = {}, actor: Actor = lan): Promise<Broadcast> {
  const where = await stage.send("/broadcasts/new", { ...FORM, ...changes }, actor);
  const id = typeof where === "string" ? /^\/broadcasts\/([a-z0-9-]+)\?said=saved$/.exec(where)?.[1] : undefined;
  if (id === undefined) throw new Error("the form was not taken");
  return (await stage.desk.broadcasts.view(id, actor)).broadcast;
}

/** What `send` resolves with, where it is the page again. */
export async function pageOf(answer: Promise<string | Page>): Promise<Page> {
  const page = await answer;
  if (typeof page === "string") throw new Error(`taken: ${page}`);
  return page;
}

/** The fields of the page's form as a browser would send them. */
export function fieldsIn(page: string): Record<string, string | string[]> {
  const decode = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const fields: Record<string, string | string[]> = {};
  const add = (name: string, value: string) => {
    const before = fields[name];
    fields[name] = before === undefined ? decode(value) : [before, decode(value)].flat();
  };
  for (const [tag] of page.matchAll(/<input [^>]*>/g)) {
    const [, name = ""] = /name="([^"]*)"/.exec(tag) ?? [];
    const [, value = ""] = /value="([^"]*)"/.exec(tag) ?? [];
    const [, type = ""] = /type="([^"]*)"/.exec(tag) ?? [];
    if (type === "file" || (/radio|checkbox/.test(type) && !tag.includes(" checked"))) continue;
    add(name, value);
  }
  for (const [, name = "", value = ""] of page.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n([^<]*)<\/textarea>/g)) {
    add(name, value);
  }
  for (const [, name = "", options = ""] of page.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    add(name, /value="([^"]*)" selected/.exec(options)?.[1] ?? "");
  }
  return fields;
}
