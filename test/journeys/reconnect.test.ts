import { expect, test } from "vitest";
import { useStage, visitMenu } from "./visit.ts";

const stage = useStage();

test("the server is killed and comes back under an open page: nothing lost, nothing doubled", async () => {
  const { text, crash } = stage();
  const { chat } = await visitMenu(stage());
  const pledges = ["listen", "pause"];
  await chat.choice(text("menu.choose.pledge")).click();
  for (const pledge of pledges) {
    const crashed = crash();
    await chat.choice(text(`pledge.choose.${pledge}`)).click();
    await chat.log.getByText(text(`pledge.said-${pledge}.text`), { exact: true }).waitFor();
    await crashed;
    await chat.choice(text("pledge.thanks.another")).click();
    await chat.choice(text("pledge.choose.listen")).waitFor();
  }
  const bubbles = (await chat.log.locator(".bubble p").allInnerTexts()).map((said) => said.trim());
  const asked = text("pledge.choose.text");
  expect(bubbles.slice(bubbles.indexOf(asked))).toEqual([
    asked,
    ...pledges.flatMap((pledge) => [
      text(`pledge.choose.${pledge}`),
      text(`pledge.said-${pledge}.text`),
      text("pledge.thanks.text"),
      text("pledge.thanks.another"),
      asked,
    ]),
  ]);
});

test("what is typed while the server is away waits, is said to wait, and arrives in order", async () => {
  const { text, server } = stage();
  const { chat, page } = await visitMenu(stage());
  await server.kill9();
  await chat.say("chu de");
  await chat.say("giup");
  await chat.status.getByText(text("web.trouble")).waitFor();
  expect(await page.locator("#status a[href^='tel:']").count()).toBeGreaterThan(0);
  await stage().crash();
  await chat.choice(text("help.can-talk.safe")).waitFor();
  expect((await chat.log.locator(".me p").allInnerTexts()).slice(-2)).toEqual(["chu de", "giup"]);
  await expect.poll(() => chat.status.innerText()).toBe("");
});

test("a page that is loaded again goes on where it was; the quiz keeps its question", async () => {
  const { text, app } = stage();
  const { chat, page } = await visitMenu(stage());
  await chat.choice(text("menu.choose.quizzes")).click();
  await chat.choice(app.bundle.quizzes[0]?.title.vi ?? "").click();
  const question = chat.log.getByText(/^Câu 1\//);
  const asked = await question.innerText();
  await stage().crash();
  await page.reload();
  await question.waitFor();
  expect(await question.innerText()).toBe(asked);
});
