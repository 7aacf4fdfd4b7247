import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { AppError } from "../errors.ts";

/** What stands behind the name of an action, as it was typed. */
export interface TypedWords {
  readonly words: string[];
  readonly fields: [name: string, text: string][];
}

/**
 * Tells words from `--field text`, `--field=text` and `--field` alone, which means yes. `sets` are those of
 * `--set field=text`, for fields that are named like an option of the command.
 */
export function typedWords(argv: readonly string[], sets: readonly string[]): TypedWords {
  const typed: TypedWords = { words: [], fields: [] };
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const option = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    const [, name, text] = option ?? [];
    if (name === undefined) typed.words.push(word);
    else typed.fields.push([name, text ?? (rest[0]?.startsWith("--") === false ? (rest.shift() ?? "") : "true")]);
  }
  return { ...typed, fields: [...typed.fields, ...sets.map(settingOf)] };
}

/** The input of an action from a file, YAML or JSON. Rejects with `AppError`: input_invalid. */
export async function inputFile(path: string | undefined): Promise<Record<string, unknown>> {
  if (path === undefined) return {};
  const value = await readFile(path, "utf8")
    .then((text): unknown => parse(text))
    .catch((cause: unknown) => {
      throw new AppError("input_invalid", `${path} cannot be read as YAML. Check the path and the file.`, { cause });
    });
  if (isRecord(value)) return value;
  throw new AppError("input_invalid", `${path} must hold names and values, such as "title: …".`);
}

function settingOf(text: string): [name: string, text: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new AppError("input_invalid", `write --set name=value, not --set ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
