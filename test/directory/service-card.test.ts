import { expect, test } from "vitest";
import { limitsOf } from "../../src/channels/limits.ts";
import { render } from "../../src/channels/render.ts";
import { cardOf } from "../../src/directory/card.ts";
import type { Lang } from "../../src/flow/ids.ts";
import { realApp } from "../system/real-app.ts";
import { SERVICES, WORDS } from "./content.ts";

const SUNDAY_20 = Date.parse("2026-11-29T20:00:00+07:00");
const YEARS_LATER = Date.parse("2030-01-01T10:00:00+07:00");
const { say } = await realApp();

function textOf(id: string, lang: Lang, now = SUNDAY_20, channel: "web" | "zalo-bot" = "web"): string {
  const service = SERVICES.find((one) => one.id === id) ?? expect.fail(id);
  const part = { kind: "service" as const, service: cardOf(service, WORDS, now) };
  const screen = {
    flow: "f",
    node: "n",
    parts: [part],
    choices: [],
    exits: [],
    expects: "nothing",
    clear: false,
    passing: false,
    discreet: false,
  } as const;
  return render(screen, lang, limitsOf(channel), say)
    .map(({ text }) => text)
    .join("\n");
}

test.each([
  ["nat-legal-aid-1233", "vi", "1800 1233 · miễn phí · đang ngoài giờ, mở lại lúc 08:00 ngày mai · thứ Hai – thứ Sáu"],
  ["nat-legal-aid-1233", "en", "1800 1233 · free · closed now, opens 08:00 tomorrow · Mon–Fri"],
  ["p79-1900545559", "vi", "có tính cước · 24/7"],
  ["p79-1900545559", "en", "charged · 24/7"],
  ["nat-111-child", "vi", "Cuộc gọi được ghi âm."],
  ["nat-111-child", "en", "Calls are recorded."],
  ["nat-113", "en", "Vietnamese only"],
  ["p79-bv-hung-vuong", "vi", "Địa chỉ: 128 Hồng Bàng, TP.HCM"],
  ["p79-bv-hung-vuong", "en", "Address: 128 Hồng Bàng, TP.HCM"],
  ["nat-peace-house", "vi", "chưa tự kiểm tra"],
] as const)("%s in %s says: %s", (id, lang, said) => {
  expect(textOf(id, lang)).toContain(said);
  expect(textOf(id, lang, SUNDAY_20, "zalo-bot")).toContain(said);
});

test.each([
  ["nat-113", "vi", "tiếng Việt"],
  ["plat-stopncii", "vi", "tiếng Việt"],
  ["plat-tiktok", "en", "only"],
  ["nat-113", "en", "not checked"],
] as const)("%s in %s does not say: %s", (id, lang, said) => {
  expect(textOf(id, lang)).not.toContain(said);
});

test("what has lapsed says so, instead of that nobody called", () => {
  expect(textOf("nat-113", "vi", YEARS_LATER)).toContain("Đã lâu chưa có ai kiểm tra lại");
  expect(textOf("nat-peace-house", "en", YEARS_LATER)).toContain("for a long time");
  expect(textOf("nat-peace-house", "en", YEARS_LATER)).not.toContain("has not checked");
});
