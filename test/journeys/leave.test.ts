import { expect, test } from "vitest";
import { query } from "../system/database.ts";
import { EXIT_URL, useStage, type Visit, visitMenu } from "./visit.ts";

const stage = useStage();
const CITIZENS = "SELECT count(*) AS n FROM citizen";

const WAYS: readonly { name: string; leave: (visit: Visit) => Promise<void> }[] = [
  { name: "the quick exit button", leave: ({ chat }) => chat.exit.click() },
  {
    name: "Escape three times",
    leave: async ({ page }) => {
      for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
    },
  },
];

test.each(WAYS)("$name: the weather is on the screen, nobody is on the server, nothing to go back to", async (way) => {
  const visit = await visitMenu(stage());
  const { page, chat } = visit;
  await chat.help.click();
  await chat.choice(stage().text("help.can-talk.safe")).click();
  await chat.choice(stage().text("help.whom.me")).waitFor();
  expect(query(stage().dataDir, CITIZENS)).toEqual([{ n: 1 }]);
  await way.leave(visit);
  await page.waitForURL(EXIT_URL);
  await expect.poll(() => query(stage().dataDir, CITIZENS)).toEqual([{ n: 0 }]);
  await page.goto(`${stage().server.address}/`);
  await chat.choice(stage().text("welcome.consent.yes")).waitFor();
  expect(await chat.log.innerText()).not.toContain(stage().text("help.whom.me"));
  await chat.exit.click();
  await page.waitForURL(EXIT_URL);
});

test("the typed exit word clears the screen and shows something harmless", async () => {
  const { chat, page } = await visitMenu(stage());
  await chat.say("thoat");
  await chat.choice(stage().text("exit.more")).waitFor();
  expect(await chat.log.locator(".bubble").count()).toBe(2);
  await chat.choice(stage().text("exit.more")).click();
  await chat.choice(stage().text("menu.choose.quizzes")).waitFor();
  await chat.say("thoi tiet");
  await chat.choice(stage().text("exit.more")).waitFor();
  expect(await chat.log.locator(".bubble").count()).toBe(1);
  expect(await page.getByRole("log").innerText()).not.toContain(stage().text("menu.choose.report"));
});
