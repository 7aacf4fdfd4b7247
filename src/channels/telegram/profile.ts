import type { Api } from "grammy";
import type { LanguageCode } from "grammy/types";
import type { Lang } from "../../flow/ids.ts";
import type { PushDeps } from "../port.ts";
import { apiSignal } from "./api-signal.ts";
import { toChannelError } from "./failures.ts";

/** The command menu: what a command is called in each language; its text is `telegram.command_<name>`. */
export const COMMANDS = [
  { name: "help", vi: "giup", en: "help" },
  { name: "menu", vi: "menu", en: "menu" },
  { name: "safety", vi: "antoan", en: "safety" },
  { name: "quiz", vi: "dovui", en: "quiz" },
  { name: "settings", vi: "caidat", en: "settings" },
  { name: "about", vi: "gioithieu", en: "about" },
  { name: "exit", vi: "thoat", en: "exit" },
  { name: "delete", vi: "xoa", en: "delete" },
] as const;

/** Whose phone shows which language; without a code: everybody else's. */
const AUDIENCES: readonly { readonly lang: Lang; readonly code?: LanguageCode }[] = [
  { lang: "vi" },
  { lang: "vi", code: "vi" },
  { lang: "en", code: "en" },
];

type ProfileDeps = Pick<PushDeps, "report" | "text">;

/** Sets command menu and descriptions where they differ from the texts. Best effort: a failure is reported only. */
export async function setProfile(api: Api, { report, text }: ProfileDeps, signal: AbortSignal): Promise<void> {
  try {
    let changed = 0;
    for (const { lang, code } of AUDIENCES) {
      const language = code === undefined ? {} : { language_code: code };
      const say = (key: string) => text(`telegram.${key}`, lang);
      for (const part of [commandsOf(api, lang), descriptionOf(api), shortDescriptionOf(api)]) {
        if (await part.differs(say, language, signal)) {
          await part.set(say, language, signal);
          changed += 1;
        }
      }
    }
    if (changed > 0) report({ channel: "telegram", level: "info", code: "profile-set", facts: { changed } });
  } catch (error) {
    if (signal.aborted) return;
    const { failure } = toChannelError(error);
    report({ channel: "telegram", level: "warn", code: "profile-not-set", facts: { failure } });
  }
}

type Say = (key: string) => string;
type Language = { readonly language_code?: LanguageCode };

/** A part of the profile, in the language of one audience. */
interface Part {
  differs(say: Say, language: Language, signal: AbortSignal): Promise<boolean>;
  set(say: Say, language: Language, signal: AbortSignal): Promise<unknown>;
}

function commandsOf(api: Api, lang: Lang): Part {
  const wanted = (say: Say) =>
    COMMANDS.map((command) => ({ command: command[lang], description: say(`command_${command.name}`) }));
  const asLines = (commands: readonly { readonly command: string; readonly description: string }[]) =>
    commands.map(({ command, description }) => `${command} ${description}`).join("\n");
  return {
    differs: async (say, language, signal) =>
      asLines(await api.getMyCommands(language, apiSignal(signal))) !== asLines(wanted(say)),
    set: (say, language, signal) => api.setMyCommands(wanted(say), language, apiSignal(signal)),
  };
}

/** What an empty chat shows before the person presses START. */
function descriptionOf(api: Api): Part {
  return {
    differs: async (say, language, signal) =>
      (await api.getMyDescription(language, apiSignal(signal))).description !== say("description"),
    set: (say, language, signal) => api.setMyDescription(say("description"), language, apiSignal(signal)),
  };
}

/** What the bot's page and shared links show. */
function shortDescriptionOf(api: Api): Part {
  const key = "short_description";
  return {
    differs: async (say, language, signal) =>
      (await api.getMyShortDescription(language, apiSignal(signal))).short_description !== say(key),
    set: (say, language, signal) => api.setMyShortDescription(say(key), language, apiSignal(signal)),
  };
}
