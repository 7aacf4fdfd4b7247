import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, get, IncomingMessage } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openPage } from "../support/browser.ts";
import { type Rig, startRig } from "../support/networks/rig.ts";
import { openSandbox } from "../support/sandbox/sandbox.ts";
import { readTexts } from "../support/sandbox/texts.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { useBrowser } from "../web/stage.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const SCRIPT = join(ROOT, "scripts", "sandbox.ts");
const PAGE = join(ROOT, "test", "support", "sandbox", "page");
const browser = useBrowser();
const { vi, en } = await readTexts();

let dataDir = "";
let rig: Rig;
let address = "";

beforeAll(async () => {
  dataDir = await makeFolder();
  rig = await startRig({ dataDir, env: { ZALO_OA_BUTTONS: "on" }, zaloOa: { buttons: "accepted" } });
  const sandbox = await openSandbox(rig, 0);
  address = sandbox.address;
  return async () => {
    await sandbox.close();
    await rig.stop();
    await removeFolder(dataDir);
  };
});

async function open(width = 1280, path = "/") {
  const opened = await openPage(browser(), `${address}${path}`, { viewport: { width, height: 800 } });
  const phone = (name: string) => opened.page.getByRole("article", { name, exact: true });
  const type = async (name: string, text: string): Promise<void> => {
    await phone(name)
      .getByRole("textbox", { name: vi["input"] ?? "" })
      .fill(text);
    await phone(name)
      .getByRole("textbox", { name: vi["input"] ?? "" })
      .press("Enter");
  };
  const menu = async (name: string, act: string): Promise<void> => {
    await phone(name)
      .getByRole("button", { name: vi["more"] ?? "" })
      .click();
    await phone(name)
      .getByRole("button", { name: vi[act] ?? "" })
      .click();
  };
  const said = (name: string) => phone(name).getByRole("log").locator(".bot").last();
  return { ...opened, phone, type, menu, said };
}

async function seriousIn(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
}

describe("the page", () => {
  test("three phones talk with the bot, and a press on a button is one", async () => {
    const { page, phone, type, said, complaints, requests } = await open();
    await phone("Telegram").getByRole("button", { name: "Bắt đầu" }).click();
    await phone("Telegram").getByRole("button", { name: "Không, tôi không muốn" }).click();
    await phone("Telegram").getByRole("button", { name: "Đố vui" }).waitFor();
    await type("Zalo Bot", "giúp");
    await said("Zalo Bot").getByText("1. ").waitFor();
    const web = page.frameLocator("iframe");
    await web.getByRole("button", { name: "Không, tôi không muốn" }).click();
    await web.getByRole("log").getByRole("button", { name: "Đố vui" }).waitFor();
    expect(complaints).toEqual([]);
    expect(await seriousIn(page)).toEqual([]);
    const origins = new Set(requests.map((url) => new URL(url).origin));
    expect([...origins].sort()).toEqual([address, rig.bot.address].sort());
    expect(rig.telegram.refusals).toEqual([]);
  });

  test("the Official Account shows its buttons, and help in danger reaches services with a number", async () => {
    const { page, phone, type, said } = await open();
    await page.getByRole("button", { name: "Zalo OA", exact: true }).click();
    await phone("Zalo OA").getByRole("button", { name: "Quan tâm" }).click();
    await phone("Zalo OA").getByRole("button", { name: "Tiếng Việt" }).click();
    await type("Zalo OA", "giúp");
    await phone("Zalo OA").getByRole("button", { name: "Tôi đang gặp nguy hiểm" }).click();
    await said("Zalo OA")
      .getByText(/\b113\b/)
      .waitFor();
  });

  test("what is sent without words is named, and blocking stops the phone until it ends", async () => {
    const { phone, menu } = await open();
    await menu("Telegram", "act_sticker");
    await phone("Telegram")
      .getByText(vi["kind_sticker"] ?? "", { exact: true })
      .waitFor();
    await menu("Telegram", "act_block");
    await phone("Telegram")
      .getByText(vi["you_blocked"] ?? "")
      .waitFor();
    await menu("Telegram", "act_unblock");
    await phone("Telegram")
      .getByRole("textbox", { name: vi["input"] ?? "" })
      .waitFor();
  });

  test("a new person has phones of their own; starting over empties one of them", async () => {
    const { page, phone, type, said, menu } = await open();
    await page.getByRole("button", { name: vi["add_person"] ?? "" }).click();
    await page.getByRole("textbox", { name: vi["name"] ?? "" }).fill("Sáng");
    await page
      .getByRole("button", { name: vi["add"] ?? "", exact: true })
      .last()
      .click();
    await phone("Zalo Bot")
      .getByRole("button", { name: vi["first_zalo-bot"] ?? "" })
      .waitFor();
    await type("Zalo Bot", "menu");
    await said("Zalo Bot").waitFor();
    await menu("Zalo Bot", "act_over");
    await expect.poll(() => phone("Zalo Bot").locator(".bubble").count(), { timeout: 20_000 }).toBe(0);
  });

  test("quick exit in the web chat says where a browser would be, and the person can begin again", async () => {
    const { page, complaints } = await open();
    const web = page.frameLocator("iframe");
    await web.getByRole("button", { name: "Thoát nhanh" }).click();
    await page.getByText(vi["web_left"] ?? "").waitFor();
    await page.locator(".gone").getByRole("button").click();
    await web.getByRole("button", { name: "Không, tôi không muốn" }).waitFor();
    expect(complaints.filter((complaint) => !complaint.startsWith("Framing"))).toEqual([]);
  });

  test("a link opens its flow, and a letter that arrives can be saved", async () => {
    const { page, phone } = await open();
    const telegram = phone("Telegram");
    await telegram.getByRole("button", { name: vi["more"] ?? "" }).click();
    await telegram.getByRole("textbox", { name: vi["payload"] ?? "" }).fill("draft");
    await telegram.getByRole("button", { name: vi["open_link"] ?? "", exact: true }).click();
    await telegram.getByRole("button", { name: "Đơn trình báo với công an" }).last().click();
    await telegram.getByRole("button", { name: "Lấy mẫu trống để tự viết" }).last().click();
    const saved = page.waitForEvent("download");
    await telegram.getByRole("link", { name: /^don\.docx/ }).click();
    const path = await (await saved).path();
    expect((await readFile(path)).toString("latin1", 0, 2)).toBe("PK");
  });

  test("a network that is offline keeps the answer until it is back, and nothing is lost", async () => {
    const { page, phone, type, said } = await open();
    await page.locator("#zalo summary").first().click();
    const before = await phone("Zalo Bot").locator(".bot").count();
    await page
      .locator("#zalo")
      .getByLabel(vi["trouble_offline"] ?? "")
      .first()
      .check();
    await type("Zalo Bot", "menu");
    await expect.poll(() => rig.zaloBot.waiting(), { timeout: 20_000 }).toBe(0);
    expect(await phone("Zalo Bot").locator(".bot").count()).toBe(before);
    await page
      .locator("#zalo")
      .getByRole("button", { name: vi["calm"] ?? "" })
      .first()
      .click();
    await said("Zalo Bot").waitFor();
    await expect.poll(() => phone("Zalo Bot").locator(".bot").count(), { timeout: 20_000 }).toBeGreaterThan(before);
  });

  test("reloading says why the bot does not start, and keeps conversations once it does", async () => {
    const { page, phone, type } = await open();
    const file = join(dataDir, "keys.json");
    const keys = await readFile(file);
    const reload = page.getByRole("button", { name: vi["reload"] ?? "", exact: true });
    await writeFile(file, "{");
    await reload.click();
    await page.getByRole("alert").getByText("keys.json").waitFor();
    const before = await phone("Zalo Bot").locator(".bot").count();
    await type("Zalo Bot", "menu");
    await writeFile(file, keys);
    await reload.click();
    await page.getByText(vi["bot_running"] ?? "").waitFor();
    await expect.poll(() => phone("Zalo Bot").locator(".bot").count(), { timeout: 20_000 }).toBe(before + 1);
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("on a narrow screen one phone is shown at a time, in English too, and nothing scrolls sideways", async () => {
    const { page } = await open(390, "/?lang=en");
    for (const name of ["Telegram", "Zalo", "Web"]) {
      await page.getByRole("button", { name, exact: true }).click();
      expect(await page.getByRole("article").count()).toBe(1);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(await seriousIn(page)).toEqual([]);
    }
    await page.getByRole("button", { name: en["settings"] ?? "" }).click();
    await page.getByRole("combobox", { name: en["place"] ?? "" }).selectOption("cantho");
  });
});

describe("the server of the page", () => {
  test.each([
    { name: "a form of another page", init: { method: "POST", body: "{}" }, path: "/reload", status: 415 },
    { name: "a path outside of the page", init: {}, path: "/..%2fsandbox.ts", status: 404 },
    { name: "somebody unknown", init: {}, path: "/events?person=p99", status: 404 },
  ])("refuses $name", async ({ init, path, status }) => {
    expect((await fetch(`${address}${path}`, init)).status).toBe(status);
  });

  test("refuses whoever came by another name for this machine", async () => {
    const request = get(address, { headers: { host: "elsewhere.example" } });
    const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(request, "response"));
    expect(response.resume().statusCode).toBe(403);
  });
});

describe("the command", () => {
  const run = (tmp: string, args: readonly string[]) => {
    const child = spawn(process.execPath, [SCRIPT, ...args], { env: { ...process.env, TMPDIR: tmp } });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => output.push(part));
    return { child, output: () => output.join("") };
  };

  test("prints an address; Ctrl+C stops everything and leaves no data", async () => {
    const tmp = await makeFolder();
    const { child, output } = run(tmp, ["--port", "0"]);
    await expect.poll(output, { timeout: 20_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect((await fetch(/http:\/\/[\d.:]+/.exec(output())?.[0] ?? "")).status).toBe(200);
    child.kill("SIGINT");
    await once(child, "close");
    expect((await readdir(tmp)).filter((name) => /^an-tam-\w{6}$/.test(name))).toEqual([]);
    expect(child.exitCode).toBe(0);
    await removeFolder(tmp);
  });

  test("says what to do when the port is taken", async () => {
    const tmp = await makeFolder();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const taken = other.address();
    const port = typeof taken === "object" && taken !== null ? taken.port : 0;
    const { child, output } = run(tmp, ["--port", String(port)]);
    await once(child, "close");
    expect(output()).toContain(`--port ${port + 1}`);
    expect(child.exitCode).toBe(1);
    other.close();
    await removeFolder(tmp);
  });
});

test("both languages have the same texts, and the page asks for no other", async () => {
  expect(Object.keys(vi)).toEqual(Object.keys(en));
  const files = await readdir(PAGE);
  const sources = await Promise.all(files.map((name) => readFile(join(PAGE, name), "utf8")));
  const asked = [...sources.join("\n").matchAll(/(?:\bt\("|data-(?:t|label|hint)(?:": |=)")([a-z_A-Z-]+)"/g)];
  expect(asked.map(([, key = ""]) => key).filter((key) => !(key in vi))).toEqual([]);
  expect(asked.length).toBeGreaterThan(30);
});

test("the browser scripts keep to the types in their comments", async () => {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const run = promisify(execFile)(process.execPath, [tsc, "-p", join(PAGE, "jsconfig.json")]);
  await expect(run).resolves.toMatchObject({ stdout: "" });
});
