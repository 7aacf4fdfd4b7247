import { Keyboard } from "./keyboard.ts";
import type { Scene } from "./scene.ts";
import type { Seat } from "./seat.ts";

/** Stands in the message and in no other text of the bot. */
export const MARK = "nhà văn hóa phường";
export const TITLE = "Mời đến nhà văn hóa tối thứ Sáu";
const TEXT = {
  vi: `Chào bạn, tối thứ Sáu này ${MARK} mở cửa đón mọi người.\n\nCó trà, có đố vui, và có người lắng nghe. Bạn rủ thêm hàng xóm cùng đi nhé.`,
  en: "Hello, this Friday evening the ward's culture house is open to everybody.\n\nThere will be tea, a quiz, and people who listen. Bring a neighbour along.",
} as const;

/** The author writes a message and hands it over, without a mouse from the first page to the last. `moment`: when it goes. */
export async function composeByKeyboard(author: Seat, moment: string, look: () => Promise<void>): Promise<void> {
  const keyboard = new Keyboard(author.page);
  await author.go("/");
  await keyboard.enter(author.control("desk.today.write"));
  await keyboard.write(author.field("title"), TITLE);
  await keyboard.write(author.field("content.text.vi"), TEXT.vi);
  await keyboard.write(author.field("content.text.en"), TEXT.en);
  await keyboard.choose(author.field("content.ways.0.to"), "payload:campaign");
  await keyboard.unfold(
    author.page.locator("summary").filter({ hasText: author.say("desk-broadcasts.form.way", { n: 2 }) }),
  );
  await keyboard.choose(author.field("content.ways.1.to"), "payload:tips");
  await keyboard.moment(author.field("once.at"), moment);
  await look();
  await keyboard.enter(author.control("desk-broadcasts.form.save"));
  await keyboard.enter(author.control("desk-broadcasts.steps.submit"));
}

/** The approver finds it on the first page. */
export async function openByKeyboard(approver: Seat, title: string): Promise<void> {
  await approver.go("/");
  await new Keyboard(approver.page).enter(approver.link(title));
}

/** Presses a step of a broadcast, such as `pause`. */
export async function stepByKeyboard(seat: Seat, step: "release" | "pause" | "resume"): Promise<void> {
  await new Keyboard(seat.page).enter(seat.control(`desk-broadcasts.steps.${step}`));
}

/** Waits until the page says that the broadcast stands so; nobody reloads it. */
export async function untilStanding({ page, say }: Seat, standing: string): Promise<void> {
  const words = say(`desk-broadcasts.standing.${standing}`);
  await page.locator("#standing .badge").getByText(words, { exact: true }).waitFor();
}

/** Waits until the page tells by itself that somebody was reached. */
export async function untilMoving({ page }: Seat): Promise<void> {
  await page.locator('#progress-bar:not([value="0"])').waitFor();
}

/** A cell of the table below a caption, by the text of its row's first cell and the heading of its column. */
export async function cell({ page }: Seat, row: string, heading: string): Promise<string> {
  const found = page.getByRole("row").filter({ has: page.getByRole("cell", { name: row }) });
  return (await found.locator(`[data-label="${heading}"]`).first().innerText()).trim();
}

/** How often the message stands on the phone of each person on a network who stays. */
export function arrivals({ staying }: Scene): readonly number[] {
  return staying.flatMap(({ phone }) => {
    if (phone === null) return [];
    return [phone.received().filter(({ text }) => text.includes(MARK)).length];
  });
}

/** What the author hands over for another day. Resolves with its path. */
export async function handOver(author: Seat, title: string): Promise<string> {
  await author.go("/broadcasts/new");
  await author.fill({ title, "content.text.vi": TEXT.vi, "content.text.en": TEXT.en });
  await author.press("desk-broadcasts.form.save");
  await author.press("desk-broadcasts.steps.submit");
  return author.path;
}
