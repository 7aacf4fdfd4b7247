import { z } from "zod";
import { badRequest } from "../api-error.ts";
import { tryJson } from "../body.ts";
import type { Upload } from "../multipart.ts";
import { tidy } from "../tidy.ts";
import type { World } from "../world.ts";

/** One call of one method. */
export interface Call {
  readonly world: World;
  readonly files: ReadonlyMap<string, Upload>;
  /** The caller hung up. */
  readonly gone: AbortSignal;
  /** Records what a careful bot would not do although Telegram lets it pass. */
  blame(why: string): void;
  /** The call put these messages on a screen, for faults that hide the answer. */
  sent(messageId: number | string): void;
}

export interface RawCall extends Call {
  readonly fields: Record<string, unknown>;
  readonly textual: boolean;
}

/** Answers with the result, or rejects with `ApiError`. */
export type Method = (call: RawCall) => unknown;

/** Telegram's words for a parameter that is missing or of the wrong kind. */
const WRONG: Readonly<Record<string, string>> = {
  chat_id: "chat_id is empty",
  text: "message text is empty",
  message_id: "message identifier is not specified",
  message_ids: "message identifiers are not specified",
  callback_query_id: "query is too old and response timeout expired or query ID is invalid",
  entities: "can't parse entities JSON object",
  commands: "can't parse commands list JSON object",
};

/** A method whose parameters are checked before it runs. Fields it does not know are recorded and ignored. */
export function method<S extends z.ZodRawShape>(
  shape: S,
  run: (params: z.output<z.ZodObject<S, z.core.$strict>>, call: Call) => unknown,
): Method {
  const schema = z.strictObject(shape);
  return (call) => {
    const fields = call.textual ? decoded(call.fields, schema.shape) : call.fields;
    const params = tidy(schema, fields, call.blame);
    if (params.success) return run(params.data, call);
    const name = params.path[0];
    throw badRequest(WRONG[String(name)] ?? `wrong parameter ${String(name)} in the request`);
  };
}

/** Forms carry text only: what is not meant as text is JSON. */
function decoded(fields: Record<string, unknown>, shape: z.ZodRawShape): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]) => {
    const schema = shape[key];
    if (typeof value !== "string" || schema === undefined || z.safeParse(schema, value).success) return [key, value];
    return [key, tryJson(value) ?? value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
