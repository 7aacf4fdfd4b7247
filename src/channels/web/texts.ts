import { z } from "zod";
import { AppError } from "../../errors.ts";
import { LANGS, type Lang } from "../../flow/ids.ts";

/** Every text of the page, the widget and the error answers: the keys of `locales/<lang>/web.yaml`. */
export const WEB_TEXTS = [
  "title",
  "operator",
  "language",
  "quick_exit",
  "quick_exit_hint",
  "shut",
  "log",
  "you",
  "bot",
  "choices",
  "menu",
  "help",
  "input",
  "placeholder",
  "send",
  "share_place",
  "place_denied",
  "offline",
  "trouble",
  "busy",
  "not_sent",
  "urgent_calls",
  "help_hint",
  "noscript",
  "error_bad_request",
  "error_unauthorised",
  "error_not_found",
  "error_gone",
  "error_too_long",
  "error_too_many",
  "error_broken",
  "error_unavailable",
] as const;
export type WebText = (typeof WEB_TEXTS)[number];
export type WebTexts = Readonly<Record<WebText, string>>;

const Texts = z.record(z.enum(WEB_TEXTS), z.string().min(1));

/** Checks both languages once. Throws `AppError` (content_invalid) that names the missing texts. */
export function readTexts(texts: (lang: Lang) => Readonly<Record<string, string>>): Readonly<Record<Lang, WebTexts>> {
  const [vi, en] = LANGS.map((lang) => {
    const parsed = Texts.safeParse(texts(lang));
    if (parsed.success) return parsed.data;
    throw new AppError("content_invalid", `locales/${lang}/web.yaml: ${z.prettifyError(parsed.error)}`);
  });
  if (!vi || !en) throw new AppError("content_invalid", "the web texts are needed in vi and en");
  return { vi, en };
}
