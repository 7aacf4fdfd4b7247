import { z } from "zod";
import { badRequest } from "../api-error.ts";
import type { ProfileText } from "../profile.ts";
import { chatIdParam } from "../reach.ts";
import type { World } from "../world.ts";
import { type Method, method } from "./method.ts";

const MOST_COMMANDS = 100;
const languageParam = z.string().optional();
const scopeParam = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.enum(["default", "all_private_chats", "all_group_chats", "all_chat_administrators"]) }),
    z.strictObject({ type: z.enum(["chat", "chat_administrators"]), chat_id: chatIdParam }),
    z.strictObject({ type: z.literal("chat_member"), chat_id: chatIdParam, user_id: z.int() }),
  ])
  .optional();
const audience = { scope: scopeParam, language_code: languageParam };
type Audience = z.output<z.ZodObject<typeof audience>>;
const Command = z.strictObject({ command: z.string(), description: z.string() });

export const profileMethods: Readonly<Record<string, Method>> = {
  setmycommands: method({ ...audience, commands: z.array(Command) }, ({ commands, ...whom }, { world }) => {
    checkLanguage(whom.language_code);
    if (commands.length > MOST_COMMANDS) throw badRequest("BOT_COMMANDS_TOO_MUCH");
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
      const length = description.trim().length;
      if (length < 1 || length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
    }
    world.profile.commands.set(audienceKey(whom), commands);
    return true;
  }),
  getmycommands: method(audience, (whom, { world }) => world.profile.commands.get(audienceKey(whom)) ?? []),
  deletemycommands: method(audience, (whom, { world }) => {
    world.profile.commands.delete(audienceKey(whom));
    return true;
  }),
  setmyname: method(
    { name: z.string().optional(), language_code: languageParam },
    ({ name, language_code }, { world }) => setText(world, "name", { text: name, most: 64, language: language_code }),
  ),
  setmydescription: method(
    { description: z.string().optional(), language_code: languageParam },
    ({ description, language_code }, { world }) =>
      setText(world, "description", { text: description, most: 512, language: language_code }),
  ),
  setmyshortdescription: method(
    { short_description: z.string().optional(), language_code: languageParam },
    ({ short_description, language_code }, { world }) =>
      setText(world, "short_description", { text: short_description, most: 120, language: language_code }),
  ),
  getmyname: getter("name"),
  getmydescription: getter("description"),
  getmyshortdescription: getter("short_description"),
};

function audienceKey({ scope = { type: "default" }, language_code = "" }: Audience): string {
  return `${JSON.stringify(scope)} ${language_code}`;
}

function checkLanguage(code = ""): void {
  if (!/^(?:[a-z]{2})?$/.test(code)) throw badRequest("LANG_CODE_INVALID");
}

/** An empty text takes the one of this language away. */
function setText(
  world: World,
  kind: ProfileText,
  given: { text?: string | undefined; most: number; language?: string | undefined },
): true {
  const { text = "", most, language = "" } = given;
  checkLanguage(language);
  if (text.length > most) throw badRequest(`${kind.replace("_", " ")} is too long`);
  if (text === "") world.profile.texts[kind].delete(language);
  else world.profile.texts[kind].set(language, text);
  return true;
}

function getter(kind: ProfileText): Method {
  return method({ language_code: languageParam }, ({ language_code = "" }, { world }) => {
    const texts = world.profile.texts[kind];
    const otherwise = kind === "name" ? world.me.first_name : "";
    return { [kind]: texts.get(language_code) ?? texts.get("") ?? otherwise };
  });
}
