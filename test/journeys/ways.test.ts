import { expect, test } from "vitest";
import { useStage, type Visit, visitMenu } from "./visit.ts";

const stage = useStage();

/** From the standing button to services near a place typed without tone marks, `press` being mouse or keyboard. */
async function walkToServices(visit: Visit, press: (label: string) => Promise<void>): Promise<void> {
  const { text } = stage();
  const { page, chat } = visit;
  for (const key of ["help.can-talk.safe", "help.whom.me", "engine.need_domestic-violence", "help.danger.no"]) {
    await press(text(key));
  }
  await press(text("help.next.near"));
  await chat.choice(text("common.skip")).waitFor();
  await chat.input.focus();
  await page.keyboard.type("can tho");
  await page.keyboard.press("Enter");
  await chat.choice(text("help.next.safer")).waitFor();
  const calls = page.getByRole("log").locator("a[href^='tel:']");
  expect(await calls.count()).toBeGreaterThanOrEqual(3);
  expect(await chat.log.innerText()).toContain("Cần Thơ");
}

test("help, by mouse: from the menu to services, the place typed without tone marks", async () => {
  const visit = await visitMenu(stage());
  await visit.chat.help.click();
  await walkToServices(visit, (label) => visit.chat.choice(label).click());
  expect(visit.complaints).toEqual([]);
});

test("help, by keyboard alone: the same way, with Tab and Enter", async () => {
  const visit = await visitMenu(stage());
  const press = (label: string) => pressByKeyboard(visit, label);
  await press(stage().text("web.help"));
  await walkToServices(visit, press);
});

/** Tabs on until the button with this label has the focus, as a person without a mouse does; then Enter. */
async function pressByKeyboard({ page, chat }: Visit, label: string): Promise<void> {
  await page.getByRole("button", { name: label, exact: true }).last().waitFor();
  const focused = "document.activeElement?.shadowRoot?.activeElement?.textContent ?? ''";
  for (let tabs = 0; (await page.evaluate(focused)) !== label; tabs++) {
    if (tabs > 60) throw new Error(`60 tabs do not lead to ${label}`);
    await page.keyboard.press("Tab");
  }
  const before = await chat.log.locator(".bubble").count();
  await page.keyboard.press("Enter");
  await expect.poll(() => chat.log.locator(".bubble").count()).toBeGreaterThan(before + 1);
}

test("a whole quiz by mouse, to the score", async () => {
  const { text, app } = stage();
  const [quiz] = [...app.bundle.quizzes].sort((a, b) => a.order - b.order);
  const total = quiz?.questions.length ?? 0;
  const { chat, complaints } = await visitMenu(stage());
  await chat.choice(text("menu.choose.quizzes")).click();
  await chat.choice(quiz?.title.vi ?? "").click();
  for (let number = 1; number <= total; number++) {
    await chat.log.getByText(new RegExp(`^Câu ${number}/${total}\\.`)).waitFor();
    await chat.log.locator(".choices button").first().click();
  }
  await chat.choice(text("quizzes.done.again")).waitFor();
  expect(await chat.log.locator(".me").count()).toBe(total + 3);
  expect(complaints).toEqual([]);
});

test("how to report: a guide, step by step to the end, and back to the list", async () => {
  const { text, app } = stage();
  const [guide] = app.worlds.at(Date.now()).list("report-guides", "home");
  const { chat } = await visitMenu(stage());
  await chat.choice(text("menu.choose.report")).click();
  await chat.choice(text("report.choose.home")).click();
  await chat.choice(guide?.label.vi ?? "").click();
  await chat.choice(text("report.card.who")).click();
  await chat.choice(text("common.skip")).click();
  for (const step of ["at-who.say", "at-say.bring", "at-bring.clock", "at-clock.silent", "at-silent.aid"]) {
    await chat.choice(text(`report.${step}`)).click();
  }
  await chat.choice(text("report.at-aid.limits")).waitFor();
  await chat.choice(text("report.other")).click();
  await chat.choice(text("report.choose.home")).waitFor();
});

test("English at any moment: the page and the bot change, and help is still there", async () => {
  const { text } = stage();
  const { page, chat } = await visitMenu(stage());
  await page.getByRole("button", { name: "English" }).click();
  await chat.choice(text("menu.choose.quizzes", "en")).waitFor();
  expect(await chat.help.innerText()).toBe(text("web.help", "en"));
  await chat.help.click();
  await chat.choice(text("help.can-talk.safe", "en")).waitFor();
  await page.getByRole("button", { name: "Tiếng Việt" }).click();
  await expect.poll(() => chat.help.innerText()).toBe(text("web.help"));
});

test("a link in English opens the chat in English", async () => {
  const { chat, page } = await stage().visit("/?lang=en");
  await chat.choice(stage().text("welcome.consent.no", "en")).waitFor();
  expect(await page.getByRole("button", { name: "Tiếng Việt" }).isVisible()).toBe(true);
});

test("a link from a poster leads to its flow, after the welcome", async () => {
  const { chat } = await stage().visit("/?start=pledge");
  await chat.choice(stage().text("welcome.consent.no")).click();
  await chat.choice(stage().text("pledge.choose.listen")).waitFor();
});

test("somebody whose typing discloses harm meets help, in the middle of a quiz", async () => {
  const { text, app } = stage();
  const { chat } = await visitMenu(stage());
  await chat.choice(text("menu.choose.quizzes")).click();
  await chat.choice(app.bundle.quizzes[0]?.title.vi ?? "").click();
  await chat.log.getByText(/^Câu 1\//).waitFor();
  await chat.say("chong toi danh toi");
  await chat.choice(text("help.can-talk.danger")).waitFor();
  await chat.choice(text("help.other")).click();
  await expect.poll(() => chat.log.getByText(/^Câu 1\//).count()).toBe(2);
});
