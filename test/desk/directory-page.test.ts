import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readDeskTexts } from "../../src/commands/desk-texts.ts";
import type { Actor } from "../../src/desk/access.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { DeskProblem } from "../../src/desk/problem.ts";
import { directoryRoutes } from "../../src/desk/web/pages/directory.ts";
import type { DoRoute, Here, Page, ShowRoute } from "../../src/desk/web/route.ts";
import { LANGS, type Lang } from "../../src/flow/ids.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { commandDesk } from "./command-desk.ts";
import { caller, NOW, OWN, openChecks, PLACES } from "./directory-desk.ts";

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

const [list, entry, check] = directoryRoutes();

async function stage(actor: Actor, lang: Lang = "vi") {
  const checks = await openChecks(folder);
  const places = { ...commandDesk().desk.places, provinceOf: PLACES.provinceOf, name: PLACES.name };
  const desk: Desk = { ...commandDesk().desk, actions: checks.actions, directory: checks.queries, places };
  const texts = await readDeskTexts(lang);
  const say: Here["say"] = (key, params = {}) =>
    texts(key, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])));
  const here = (query: Here["query"] = {}): Here => ({
    desk,
    actor,
    lang,
    csrf: "a-token",

    say,
    now: NOW,
    query,
  });
  return { ...checks, here };
}

const shown = async (route: unknown, here: Here, params = {}): Promise<Page> => asShow(route).show(here, params);

function asShow(route: unknown): ShowRoute {
  const [first, second] = directoryRoutes();
  if (route === list && first?.method === "GET" && "show" in first) return first;
  if (route === entry && second?.method === "GET" && "show" in second) return second;
  throw new Error("not a page");
}

function asDo(): DoRoute {
  if (check?.method === "POST" && "done" in check) return check;
  throw new Error("not a form");
}

const ids = (markup: string) => [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
const names = (markup: string) => [...markup.matchAll(/<h3 id="e-([^"]+)"/g)].map(([, id]) => id);

describe.each(LANGS)("in %s", (lang) => {
  test.each([{}, { show: "all" }, { page: "3" }, { q: "Peace House" }])(
    "a list of %j is short and whole",
    async (query) => {
      const { here } = await stage(caller(), lang);
      const { markup } = (await shown(list, here(query))).body;
      expect(names(markup).length).toBeGreaterThan(0);
      expect(names(markup).length).toBeLessThanOrEqual(12);
      expect(new Set(ids(markup)).size).toBe(ids(markup).length);
      expect(markup).not.toContain("desk-directory.");
      expect(markup).not.toContain("{{");
      expect(Buffer.byteLength(markup)).toBeLessThan(30_000);
    },
  );

  test("an entry shows its number, its last call, its source and three answers", async () => {
    const { here, check: record } = await stage(caller(), lang);
    await record({ service: OWN.id, answer: "works", note: "<b>Chị Hà</b>" }, caller());
    const { title, body } = await shown(entry, here(), { service: OWN.id });
    expect(title).toBe(OWN.names[lang]);
    expect(body.markup).toContain('href="tel:02253555666"');
    expect(body.markup).toMatch(/23\/11\/2026, Chị Lan/);
    expect(body.markup).toContain("Công văn mẫu");
    expect(body.markup).not.toContain("<b>Chị Hà");
    expect([...body.markup.matchAll(/name="answer" value="(\w+)"/g)].map(([, value]) => value)).toEqual([
      "works",
      "wrong",
      "changed",
    ]);
    expect(body.markup).not.toContain("desk-directory.");
  });
});

test("all pages together show every entry once", async () => {
  const { here, queries } = await stage(caller());
  const seen: (string | undefined)[] = [];
  for (let page = 1; page <= 10; page++) {
    const markup = (await shown(list, here({ show: "all", page: String(page) }))).body.markup;
    const found = names(markup);
    if (seen.includes(found[0])) break;
    seen.push(...found);
  }
  expect(seen.sort()).toEqual((await queries.entries(caller())).map(({ service }) => service.id).sort());
});

test("staff of a place begin with their own, and nobody is offered what they may not do", async () => {
  const { here } = await stage(caller("11311"));
  const own = (await shown(list, here({ show: "all" }))).body.markup;
  expect(names(own)).toEqual([OWN.id]);
  const every = (await shown(list, here({ show: "all", of: "all" }))).body.markup;
  expect(names(every).length).toBe(12);
  expect([...every.matchAll(/ aria-describedby="e-([^"]+)"/g)].every(([, id]) => id === OWN.id)).toBe(true);
  const author = await stage(caller(undefined, ["author"]));
  expect((await shown(list, author.here())).body.markup).not.toContain('name="answer"');
});

test("an emergency line offers only that it works", async () => {
  const { here } = await stage(caller());
  for (const page of [
    await shown(entry, here(), { service: "nat-113" }),
    await shown(list, here({ q: "nat-113", show: "all" })),
  ]) {
    expect([...page.body.markup.matchAll(/value="(works|wrong|changed)"/g)].map(([, value]) => value)).toEqual([
      "works",
    ]);
  }
});

test("a change without a note comes back with what was typed and a link to the field", async () => {
  const { here } = await stage(caller());
  const route = asDo();
  const params = { service: OWN.id };
  const body = { answer: "changed", note: "" };
  const problem: unknown = await here()
    .desk.actions["directory.check"]?.perform(await route.input(body, params, here()), caller())
    .catch((error: unknown) => error);
  if (!(problem instanceof DeskProblem)) throw new Error("not refused");
  const page = await route.again?.(here(), problem, { answer: "changed", note: "giờ mới" }, params);
  expect(page?.body.markup).toContain('href="#f-note"');
  expect(page?.body.markup).toMatch(/<textarea id="f-note"[^>]*aria-invalid="true"[^>]*>\ngiờ mới/);
});

test("after a call the browser goes to the entry, which names the next one to call", async () => {
  const { here, queries, check: record } = await stage(caller());
  const [first, second] = (await queries.entries(caller())).filter(({ reason }) => reason !== null);
  const service = first?.service.id ?? "";
  await record({ service, answer: "works" }, caller());
  expect(asDo().done({}, { service })).toBe(`/directory/${service}?said=directory-checked`);
  expect((await shown(entry, here(), { service })).body.markup).toContain(
    `/desk/directory/${second?.service.id ?? ""}"`,
  );
});

test("an entry that is not there is not found", async () => {
  const { here } = await stage(caller());
  await expect(shown(entry, here(), { service: "x" })).rejects.toMatchObject({ problem: "not-found" });
});
