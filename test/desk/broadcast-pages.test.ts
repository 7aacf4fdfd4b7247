import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { SEND_FAILURES } from "../../src/channels/channel-error.ts";
import type { FormBody, Page } from "../../src/desk/web/route.ts";
import { SKIPS } from "../../src/stores/ledger-store.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";
import { pageOf, saved } from "./broadcast-pages-form.ts";
import { hoa, lan, NOW, openStage, person, type Stage } from "./broadcast-pages-stage.ts";

let stage: Stage;

beforeEach(async () => {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  stage = await openStage(folder);
});

const markup = ({ body }: Page) => body.markup;
const shown = async (path: string, actor = lan) => markup(await stage.show(path, actor));

async function released(changes: FormBody = {}): Promise<string> {
  const { id } = await saved(stage, changes);
  await stage.send(`/broadcasts/${id}/submit`, {}, lan);
  await stage.send(`/broadcasts/${id}/release`, {}, hoa);
  return id;
}

describe("a broadcast's page", () => {
  test("shows it as each channel does: numbers on Zalo, buttons on Telegram", async () => {
    const { id } = await saved(stage);
    const page = await shown(`/broadcasts/${id}`);
    const part = (channel: string) => page.slice(page.indexOf(`id="preview-${channel}"`)).split("</details>")[0] ?? "";
    expect(part("zalo-bot")).toContain("1. Xem mẹo");
    expect(part("zalo-bot")).not.toContain('class="keys"');
    expect(part("telegram")).toContain("<li>Xem mẹo</li>");
    expect(part("telegram")).not.toContain("1. Xem mẹo");
    expect(page).not.toContain('id="preview-web"');
  });

  test("does not offer to submit what a lock screen would tell", async () => {
    const { id } = await saved(stage, { "content.text.vi": "Bạo lực gia đình\n\nlà sai" });
    const page = await shown(`/broadcasts/${id}`);
    expect(page).not.toContain(`action="/desk/broadcasts/${id}/submit"`);
    expect(page).toContain('class="wrong"');
    expect(markup(await pageOf(stage.send(`/broadcasts/${id}/submit`, {}, lan)))).toContain('role="alert"');
  });

  test("offers release to a second person only, and says why not", async () => {
    const both = person("both", ["author", "approver"]);
    const { id } = await saved(stage, {}, both);
    await stage.send(`/broadcasts/${id}/submit`, {}, both);
    const button = `action="/desk/broadcasts/${id}/release"`;
    expect(await shown(`/broadcasts/${id}`, both)).not.toContain(button);
    expect(await shown(`/broadcasts/${id}`, both)).toContain("nên cần một người khác duyệt");
    expect(await shown(`/broadcasts/${id}`, lan)).not.toContain(button);
    expect(await shown(`/broadcasts/${id}`, hoa)).toContain(button);
  });

  test("shows the author what the approver wants changed", async () => {
    const { id } = await saved(stage);
    await stage.send(`/broadcasts/${id}/submit`, {}, lan);
    expect(markup(await pageOf(stage.send(`/broadcasts/${id}/return`, { remark: " " }, hoa)))).toContain(
      'role="alert"',
    );
    expect(await stage.send(`/broadcasts/${id}/return`, { remark: "Bớt <dài>" }, hoa)).toContain("said=returned");
    expect(await shown(`/broadcasts/${id}`)).toContain("Bớt &#60;dài&#62;");
  });

  test("tells honestly who is out of reach", async () => {
    const { id } = await saved(stage);
    const page = await shown(`/broadcasts/${id}`);
    expect(page).toContain("Gửi được ngay tới 2.250 trên 2.440 người đã đăng ký.");
    expect(page).toContain('data-label="Quá 7 ngày">31<');
    expect(page).toContain('data-label="Mạng còn cho gửi">650<');
    expect(page).toContain('data-label="Đã chặn, 30 ngày">12<');
  });

  test("asks once more before it stops for good or deletes", async () => {
    const id = await released();
    expect(await shown(`/broadcasts/${id}`)).not.toContain(`action="/desk/broadcasts/${id}/abort"`);
    expect(await shown(`/broadcasts/${id}/abort`)).toContain(`action="/desk/broadcasts/${id}/abort"`);
    expect(await stage.send(`/broadcasts/${id}/abort`, {}, lan)).toBe(`/broadcasts/${id}?said=aborted`);
    const draft = await saved(stage);
    expect(await shown(`/broadcasts/${draft.id}/delete`)).toContain(draft.title);
    expect(await stage.send(`/broadcasts/${draft.id}/delete`, {}, lan)).toBe("/broadcasts?said=deleted");
  });

  test("sends a test, and says so when there is no chat for it", async () => {
    const { id } = await saved(stage);
    expect(await stage.send(`/broadcasts/${id}/test`, {}, lan)).toBe(`/broadcasts/${id}?said=test-sent`);
    expect(stage.tested).toEqual([id]);
    expect(markup(await pageOf(stage.send(`/broadcasts/${id}/test`, {}, hoa)))).toContain("Bạn chưa nối");
  });
});

describe("while it is sent", () => {
  const tally = { channel: "telegram", why: "", n: 812, state: "sent" } as const;
  let id: string;

  beforeEach(async () => {
    id = await released({ "once.at": "2026-11-23T10:30" });
    stage.now = NOW + 3_600_000;
    stage.ledger.runs = [{ run: id, startedAt: NOW + 1_800_000, planned: true, closed: null }];
    stage.ledger.tallies = {
      [id]: [
        tally,
        { ...tally, state: "planned", n: 180 },
        { ...tally, state: "failed", why: "unreachable", n: 5 },
        { ...tally, state: "skipped", why: "unsubscribed", n: 3 },
      ],
    };
  });

  async function progress() {
    const route = stage.routes.find(({ path }) => path === "/broadcasts/:id/progress");
    if (route === undefined || !("file" in route)) throw new Error("no progress");
    const { type, body } = await route.file(stage.here(lan), { id });
    expect(type).toContain("application/json");
    return JSON.parse(String(body)) as Record<string, unknown>;
  }

  test("tells how many have it and why others do not", async () => {
    const page = await shown(`/broadcasts/${id}`);
    expect(page).toContain('<progress id="progress-bar" max="1000" value="820">');
    expect(page).toContain("Đang gửi. Xong 82%, đã gửi 812 trên 1.000 người.");
    expect(page).toContain("5: người nhận đã chặn hoặc rời đi");
    expect(page).toContain("dưới 5: đã thôi nhận tin");
    expect(page).toContain(`data-live="/desk/broadcasts/${id}/progress"`);
    expect(await shown("/broadcasts")).toContain("812 trên 1.000 người");
  });

  test("gives the script the same, until it is over", async () => {
    expect(await progress()).toMatchObject({ standing: "sending", moving: true, sent: 812 });
    await stage.send(`/broadcasts/${id}/pause`, {}, lan);
    const paused = await progress();
    expect(paused).toMatchObject({ standing: "paused", moving: true });
    expect(paused["steps"]).toContain("/resume");
    const closed = { at: stage.now, as: "done" } as const;
    stage.ledger.runs = stage.ledger.runs.map((run) => ({ ...run, closed }));
    expect(await progress()).toMatchObject({ standing: "done", moving: false });
    expect(await shown(`/broadcasts/${id}`)).not.toContain("data-live");
  });
});

test("a series has a row for each of its days", async () => {
  const days = { "schedule.kind": "daily", "daily.from": "2026-11-23", "daily.to": "2026-11-27", "daily.at": "11:00" };
  const id = await released({ ...days, "content.kind": "tip" });
  stage.now = NOW + 86_400_000;
  const closed = { at: stage.now, as: "done" } as const;
  stage.ledger.runs = [{ run: `${id}@2026-11-23`, startedAt: NOW, planned: true, closed }];
  stage.ledger.tallies = { [`${id}@2026-11-23`]: [{ channel: "web", state: "sent", why: "", n: 40 }] };
  const page = await shown(`/broadcasts/${id}`);
  expect(page).toContain("40 trên 40 người");
  expect(page.match(/Chưa đến/g)).toHaveLength(4);
});

test("the list is in sections, those that move first", async () => {
  await saved(stage, { title: "Nháp <1>" });
  const waiting = await saved(stage, { title: "Chờ" });
  await stage.send(`/broadcasts/${waiting.id}/submit`, {}, lan);
  await released({ title: "Sắp" });
  const page = await shown("/broadcasts");
  const at = ["Chờ duyệt", "Sắp gửi", "Bản nháp", "Nháp &#60;1&#62;"].map((words) => page.indexOf(words));
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(at).not.toContain(-1);
});

describe("texts", () => {
  let say: (key: string, lang: "vi" | "en") => string;
  beforeAll(() => {
    say = (key, lang) => stage.here(lan, { lang }).say(`desk-broadcasts.${key}`);
  });

  test.each([
    ...SKIPS.map((why) => `skip.${why}`),
    ...[...Object.keys(SEND_FAILURES), "expired", "failed", "interrupted"].map((why) => `fail.${why}`),
    ...["text-too-long", "numbers", "label-cut", "topic-first", "no-voice", "no-picture", "nothing-to-show"].map(
      (cut) => `cut.${cut}`,
    ),
    ...["ends-before-begin", "in-quiet-hours", "past", "too-long"].map((problem) => `problem.${problem}`),
  ])("%s is there in both languages", (key) => {
    expect(say(key, "vi")).not.toContain(key);
    expect(say(key, "en")).not.toContain(key);
  });

  test("no page shows the key of a text in place of it", async () => {
    const id = await released();
    const draft = await saved(stage);
    const paths = ["", "/new", `/${id}`, `/${id}/abort`, `/${draft.id}`, `/${draft.id}/edit`, `/${draft.id}/delete`];
    for (const path of paths) {
      for (const lang of ["vi", "en"] as const) {
        const { title, body } = await stage.show(`/broadcasts${path}`, lan, lang);
        expect(`${title} ${body.markup}`).not.toMatch(/\b(?:desk|desk-broadcasts|broadcast)\.[a-z]/);
      }
    }
  });
});
