import { expect, test } from "vitest";
import { expectSound, useStage, type Visit } from "./visit.ts";

const stage = useStage();

/** Every kind of screen, one after the other, and what tells that it has come. */
async function seeEverything({ page, chat }: Visit, sound: () => Promise<void>): Promise<void> {
  const { text, app } = stage();
  const press = async (label: string, comes: string): Promise<void> => {
    await chat.choice(label).click();
    await chat.choice(comes).waitFor();
    await sound();
  };
  await chat.choice(text("welcome.consent.no")).waitFor();
  await sound();
  await press(text("welcome.consent.no"), text("menu.choose.quizzes"));
  await press(text("menu.choose.campaign"), text("campaign.choose.days"));
  await page.getByRole("button", { name: text("web.menu"), exact: true }).click();
  await press(text("menu.choose.quizzes"), app.bundle.quizzes[0]?.title.vi ?? "");
  await chat.choice(app.bundle.quizzes[0]?.title.vi ?? "").click();
  await chat.log.getByText(/^Câu 1\//).waitFor();
  await sound();
  await chat.help.click();
  await press(text("help.can-talk.safe"), text("help.whom.me"));
  await press(text("help.whom.me"), text("engine.need_legal"));
  await press(text("engine.need_legal"), text("help.next.near"));
  await press(text("help.next.near"), text("common.skip"));
  await press(text("common.skip"), text("help.next.safer"));
  await chat.say("thoát");
  await chat.choice(text("exit.more")).waitFor();
  await sound();
}

test.each([
  { name: "a small phone, light", width: 320, height: 568, colorScheme: "light" },
  { name: "a desktop, dark", width: 1280, height: 800, colorScheme: "dark" },
] as const)("$name: axe finds nothing on any screen, and nothing scrolls sideways", async (look) => {
  const { width, height, colorScheme } = look;
  const visit = await stage().visit("/", { viewport: { width, height }, colorScheme });
  await seeEverything(visit, () => expectSound(visit.page));
});

test.each(["chong em dang danh em, em so lam", "cứu tôi với"])(
  "in danger (%s) the number to call is on a small screen at once",
  async (words) => {
    const { page, chat } = await stage().visit("/", { viewport: { width: 320, height: 640 } });
    await chat.choice(stage().text("welcome.consent.no")).waitFor();
    await chat.say(words);
    const call = page.getByRole("link", { name: "Gọi 113" });
    await call.waitFor();
    const [button, input] = [await call.boundingBox(), await page.locator("textarea").boundingBox()];
    expect(button?.y).toBeGreaterThan(0);
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThan(input?.y ?? 0);
  },
);
