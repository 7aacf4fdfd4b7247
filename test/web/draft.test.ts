import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { WebDeps } from "../../src/channels/web/deps.ts";
import { openPage } from "../support/browser.ts";
import { FakeBot, message } from "./fake-bot.ts";
import { useBrowser, useCleanup } from "./stage.ts";
import { type RunningWeb, startWeb, webTexts } from "./start-web.ts";
import { scrollsSideways, widgetOf } from "./widget.ts";

const browser = useBrowser();
const later = useCleanup();

const ID = "abcdefghijklmnopqrstuvwx";
const TOKEN = "abcdefghijklmnopqrstuv";
const BYTES = Buffer.from("%PDF-1.3 the letter");
const FILES = [
  { id: ID, name: "don.docx", label: "Tải tệp Word (DOCX)" },
  { id: ID, name: "don.pdf", label: "Tải tệp PDF" },
];

/** A bot that hands a draft over at once. */
async function start(draft: WebDeps["draft"]): Promise<RunningWeb> {
  const web = await startWeb({ draft }, new FakeBot(() => [message("Đơn đã sẵn sàng.", { files: FILES })]));
  later(() => web.close());
  return web;
}

function fetchDraft(web: RunningWeb, path = `${ID}/don.pdf`, token = TOKEN): Promise<Response> {
  return fetch(`${web.url}/api/draft/${path}`, {
    headers: { authorization: `Bearer ${token}`, "accept-language": "en" },
  });
}

test("a draft comes to its chat as a file nobody keeps on the way, under a name that tells nothing", async () => {
  const asked: unknown[] = [];
  const web = await start(async (...how) => {
    asked.push(how);
    return BYTES;
  });
  const response = await fetchDraft(web);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": 'attachment; filename="don.pdf"',
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect((await fetchDraft(web, `${ID}/don.docx`)).headers.get("content-type")).toContain("wordprocessingml");
  expect(asked).toEqual([
    [TOKEN, ID, "pdf"],
    [TOKEN, ID, "docx"],
  ]);
  await expect.poll(() => web.logged.length).toBe(2);
  expect(web.logged.join("")).toContain('"route":"/api/draft/:id/:name"');
  for (const secret of [ID, TOKEN]) expect(web.logged.join("")).not.toContain(secret);
});

test.each([
  { name: "without a token", path: `${ID}/don.pdf`, token: "", status: 401 },
  { name: "under another name", path: `${ID}/letter.pdf`, status: 404 },
  { name: "with an id that is none", path: "../../x/don.pdf", status: 404 },
  { name: "with a short id", path: "abc/don.pdf", status: 404 },
  { name: "that memory no longer holds", path: `${ID}/don.pdf`, status: 410 },
])("a draft $name is refused with $status, in the reader's language", async ({ path, token = TOKEN, status }) => {
  const web = await start(async () => null);
  const response = await fetchDraft(web, path, token);
  expect(response.status).toBe(status);
  expect(response.headers.get("cache-control")).toBe("no-store");
  if (status === 410) expect(await response.text()).toContain(webTexts("en")["error_gone"]);
});

test("asking for the same file again and again has to wait", async () => {
  const web = await start(async () => BYTES);
  const statuses: number[] = [];
  for (let i = 0; i < 13; i++) statuses.push((await fetchDraft(web)).status);
  expect(statuses.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 200));
  expect(statuses[12]).toBe(429);
  expect((await fetchDraft(web, `${ID}/don.docx`)).status).toBe(200);
});

test("on a phone both files are saved with a press, and no address gives them away", async () => {
  const web = await start(async () => BYTES);
  const { page, complaints, requests } = await openPage(browser(), `${web.url}/`, {
    viewport: { width: 320, height: 600 },
    isMobile: true,
    hasTouch: true,
    acceptDownloads: true,
  });
  for (const { name, label } of FILES) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("log").getByRole("button", { name: label }).tap(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect(download.url()).toMatch(/^blob:/);
    expect(await readFile(await download.path())).toEqual(BYTES);
  }
  expect(requests.filter((url) => url.includes("token") || url.includes("Bearer"))).toEqual([]);
  expect(page.url()).toBe(`${web.url}/`);
  expect(complaints).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
});

test("a file that has expired, or cannot be fetched, is said so in the chat", async () => {
  let file: Buffer | null = null;
  const web = await start(async () => file);
  const { page } = await openPage(browser(), `${web.url}/`);
  const widget = widgetOf(page);
  const button = widget.log.getByRole("button", { name: "Tải tệp PDF" });
  await button.click();
  await expect.poll(() => widget.status.textContent()).toBe(webTexts("vi")["error_gone"]);
  await page.context().setOffline(true);
  await button.click();
  await expect.poll(() => widget.status.textContent()).toContain(webTexts("vi")["error_unavailable"]);
  await page.context().setOffline(false);
  file = BYTES;
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(download.suggestedFilename()).toBe("don.pdf");
});
