import type { Seat } from "./seat.ts";

/** Made up: the real theme stands in the year's letter only. */
export const THEME = {
  vi: "Chủ đề mẫu để thử: Gia đình bình an, cộng đồng bình đẳng",
  en: "Sample theme for testing: Peaceful families, equal communities",
} as const;
const DOCUMENT = "Công văn mẫu số 01/2026, chỉ để thử";
const SOURCE = "Bản mẫu dùng khi thử An Tâm";
const SLOGANS = [
  { vi: "Thông điệp mẫu: Lắng nghe là bước đầu tiên", en: "Sample message: Listening is the first step" },
  { vi: "Thông điệp mẫu: Việc nhà là việc chung", en: "Sample message: Housework is everybody's work" },
] as const;

/** The author fills in the open year and hands it over. */
export async function fillYear(author: Seat): Promise<void> {
  await author.go("/campaign");
  await author.press("desk-month.campaign.fill");
  await author.fill({
    "theme.vi": THEME.vi,
    "theme.en": THEME.en,
    "theme.document": DOCUMENT,
    "theme.source": SOURCE,
  });
  for (const [n, { vi, en }] of SLOGANS.entries()) {
    await author.fill({ [`slogans.${n}.vi`]: vi, [`slogans.${n}.en`]: en, [`slogans.${n}.source`]: SOURCE });
  }
  await author.press("desk-month.form.save");
  await author.press("desk-month.review.submit");
}

/** The approver finds it on the first page, and releases it. */
export async function releaseYear(approver: Seat): Promise<void> {
  await approver.go("/");
  await approver.follow(approver.page.locator('main a[href="/desk/campaign"]').first());
  await approver.press("desk-month.review.release");
}
