import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { DATABASE_FILE } from "../../src/commands/app.ts";
import { openKeyring } from "../../src/stores/keyring.ts";
import { openSqliteStore } from "../../src/stores/sqlite/store.ts";
import { answerTo, expectNoRefusals, until } from "../networks/system/stage.ts";
import { launchBrowser } from "../support/browser.ts";
import {
  arrivals,
  cell,
  composeByKeyboard,
  handOver,
  MARK,
  openByKeyboard,
  stepByKeyboard,
  TITLE,
  untilMoving,
  untilStanding,
} from "./e2e/broadcasts.ts";
import { Round } from "./e2e/checks.ts";
import { BEGIN } from "./e2e/clock.ts";
import { openScene, PEOPLE, type Scene } from "./e2e/scene.ts";
import { PHONE, Seat } from "./e2e/seat.ts";
import { gather, LAN, MINH, signIn, type Team } from "./e2e/team.ts";
import { pagesOfDesk, tourOfAdmin, tourOfDirectory, tourOfMonth } from "./e2e/tour.ts";
import { wordsIn } from "./e2e/words.ts";
import { fillYear, releaseYear, THEME } from "./e2e/year.ts";

const ON_NETWORKS = PEOPLE.telegram + PEOPLE["zalo-oa"] + PEOPLE["zalo-bot"];

// One story in order: each test goes on where the one before it ended.
describe("the desk in a real browser", () => {
  const say = wordsIn("vi");
  let browser: Browser;
  let scene: Scene;
  let round: Round;
  let team: Team;

  beforeAll(async () => {
    [browser, scene] = await Promise.all([launchBrowser(), openScene()]);
    const { staying, leaving } = scene;
    round = new Round([...staying, ...leaving].flatMap(({ phone }) => (phone === null ? [] : [phone.chat])));
    return async () => {
      await browser.close();
      await scene.close();
    };
  });

  test("the link that the bot printed makes an administrator, who invites an author and an approver", async () => {
    team = await gather(browser, scene, round.look);
    const { admin, author, approver } = team;
    expect([admin.path, author.path, approver.path]).toEqual(["/staff/invite", "/", "/"]);
    await admin.go("/staff");
    expect(await cell(admin, LAN.name, say("desk.field.roles"))).toBe(say("desk.role.author"));
    await author.page.goto(scene.firstLink);
    expect(await author.page.innerText("h1")).toBe(say("desk.trouble.no-link.title"));
  });

  test("the year's theme is written by one, released by another, and told to citizens at once", async () => {
    const phone = scene.rig.phone("telegram", "telegram 0");
    const theme = () => answerTo(phone, (own) => own.type("chủ đề"));
    await fillYear(team.author);
    expect((await theme()).text).not.toContain(THEME.vi);
    await releaseYear(team.approver);
    await until("the theme on a phone", async () => (await theme()).text.includes(THEME.vi));
  });

  test("composed, released, paused and resumed by keyboard alone, a broadcast reaches a thousand people once", async () => {
    const { admin, author, approver } = team;
    const count = () => arrivals(scene).reduce((sum, n) => sum + n, 0);
    for (const { phone, word } of scene.leaving) await answerTo(phone, (own) => own.type(word));

    await composeByKeyboard(author, BEGIN, async () => {
      const previews = author.page.locator("aside");
      await previews.getByText(MARK).first().waitFor();
      await round.look(author, "/broadcasts/new");
      expect(await previews.locator("details").count()).toBe(Object.keys(PEOPLE).length);
      expect(await previews.locator("#preview-zalo-bot").textContent()).toMatch(/\n1\. \S/);
      expect(await previews.locator("#preview-telegram .keys").first().textContent()).toMatch(/\S/);
    });
    await openByKeyboard(approver, TITLE);
    const reach = { reachable: "1.000", subscribed: "1.000" };
    expect(await approver.page.getByRole("main").innerText()).toContain(say("desk-broadcasts.reach.sum", reach));
    await stepByKeyboard(approver, "release");
    await untilMoving(approver);

    await stepByKeyboard(approver, "pause");
    await untilStanding(approver, "paused");
    await sleep(300);
    const paused = count();
    await round.look(approver, "/broadcasts/:id");
    expect(paused).toBeGreaterThan(0);
    expect(paused).toBeLessThan(ON_NETWORKS);
    expect(count()).toBe(paused);

    await stepByKeyboard(approver, "resume");
    await tourOfAdmin(admin, round.look);
    await untilStanding(approver, "done");
    expect(arrivals(scene)).toEqual(Array(ON_NETWORKS).fill(1));
    expect(await waitingOnTheWeb(scene)).toEqual(Array(PEOPLE.web).fill(1));
    for (const [channel, sent] of Object.entries(PEOPLE)) {
      const row = say(`desk-broadcasts.channel.${channel}`);
      expect(await cell(approver, row, say("desk-broadcasts.progress.sent"))).toBe(String(sent));
    }
  });

  test("who typed the stop word got nothing of it, and gets help", async () => {
    for (const { phone } of scene.leaving) {
      expect(phone.received().filter(({ text }) => text.includes(MARK))).toEqual([]);
      const { text } = await answerTo(phone, (own) => own.type("giúp"));
      expect(text).toContain(say("help.can-talk.text").split("\n")[0]);
    }
  });

  test("on her phone the approver signs in, reads what waits, releases it and pauses it", async () => {
    const title = "Nhắc lịch tuần sau";
    await handOver(team.author, title);
    const phone = await Seat.open(browser, `${scene.rig.bot.address}/desk/sign-in`, PHONE);
    await signIn(phone, MINH, team.approverApp, round.look);
    await phone.follow(phone.link(title));
    await untilStanding(phone, "submitted");
    await phone.press("desk-broadcasts.steps.release");
    await untilStanding(phone, "scheduled");
    await phone.press("desk-broadcasts.steps.pause");
    await untilStanding(phone, "paused");
  });

  test("every page: no fault by axe at both sizes, nothing sideways at 320 px, no word of the CSP, nobody named", async () => {
    const { admin, author, approver } = team;
    const draft = await handOver(author, "Bản nháp để xem");
    await Promise.all([tourOfMonth(author, draft, round.look), tourOfDirectory(approver, round.look)]);
    expect(round.faults).toEqual([]);
    expect(pagesOfDesk().filter((route) => !round.seen.has(route))).toEqual([]);
    expect([admin, author, approver].flatMap(({ complaints }) => complaints)).toEqual([]);
    expectNoRefusals(scene.rig);
  });
});

/** How many messages of the broadcast wait for each person who reads on the web. */
async function waitingOnTheWeb({ dataDir, staying }: Scene): Promise<readonly number[]> {
  const store = await openSqliteStore({ file: join(dataDir, DATABASE_FILE), keyring: await openKeyring(dataDir) });
  const people = staying.filter(({ channel }) => channel === "web");
  const waiting = await Promise.all(people.map(({ key }) => store.pending(key, 0)));
  await store.close();
  return waiting.map((messages) => messages.filter(({ text }) => text.includes(MARK)).length);
}
