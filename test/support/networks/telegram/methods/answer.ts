import { z } from "zod";
import { badRequest, outrun } from "../api-error.ts";
import { type Method, method } from "./method.ts";

/** How long a press waits for its answer. Not documented; bots see refusals after about this long. */
const ANSWER_MS = 60_000;
const TOO_OLD = "query is too old and response timeout expired or query ID is invalid";

export const answerMethods: Readonly<Record<string, Method>> = {
  answercallbackquery: method(
    {
      callback_query_id: z.string(),
      text: z.string().optional(),
      show_alert: z.boolean().optional(),
      url: z.string().optional(),
      cache_time: z.int().optional(),
    },
    ({ callback_query_id, text = "", show_alert = false, url }, { world }) => {
      const press = world.presses.get(callback_query_id);
      if (press === undefined) throw badRequest(TOO_OLD);
      if (world.now() - press.at > ANSWER_MS) throw outrun(400, `Bad Request: ${TOO_OLD}`);
      if (text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
      if (url !== undefined && !url.startsWith(`t.me/${world.me.username}`)) throw badRequest("URL_INVALID");
      press.room.answers.push({ ...(text === "" ? {} : { text }), alert: show_alert });
      return true;
    },
  ),
};
