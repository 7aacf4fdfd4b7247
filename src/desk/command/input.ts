import { z } from "zod";
import type { DeskPlaces } from "../desk.ts";
import { DeskProblem, type FieldIssue } from "../problem.ts";

type Shape = z.core.JSONSchema.BaseSchema;
type Given = Readonly<Record<string, unknown>>;

/** What was written for one action or query on the command line. */
export interface Written {
  /** Of a file; fields and words replace what it says. */
  readonly input: Given;
  /** Words behind the name: the id, then whatever else must be given. */
  readonly words: readonly string[];
  /** `--field text`; dots lead inside, as in `title.vi`. */
  readonly fields: readonly (readonly [name: string, text: string])[];
}

/** What an action or query takes, as JSON schema. */
export function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

/**
 * The input that was written: texts become what the schema wants there (lists, numbers, yes and no), places by name
 * become codes. Whether it fits is the schema's own business. Throws `DeskProblem` invalid for words that are too many
 * and for places that are unknown.
 */
export function inputOf(schema: z.ZodType, { input, words, fields }: Written, places: DeskPlaces): Given {
  const shape = shapeOf(schema);
  const names = wordNames(shape);
  if (words.length > names.length) throw invalid({ field: words.at(names.length) ?? "", text: `${TEXTS}.too-many` });
  const named = words.map((text, at) => [names[at] ?? "", text] as const);
  const filled = [...named, ...fields].reduce<Given>((all, [name, text]) => {
    const path = pathIn(shape, name);
    return put(all, path, parsedAs(shapeAt(shape, path), text));
  }, input);
  return withPlaces(filled, places);
}

/** What words without a name are for: the id, then what must be given, in the schema's order. */
export function wordNames({ properties = {}, required = [] }: Shape): readonly string[] {
  const must = Object.keys(properties).filter((name) => required.includes(name) && name !== "id");
  return "id" in properties ? ["id", ...must] : must;
}

const TEXTS = "desk-command.invalid";
const PLACE_CODE = /^(?:\d{2}|\d{5})$/;

function invalid(issue: FieldIssue): DeskProblem {
  return new DeskProblem("invalid", [issue]);
}

/** Names may be written with hyphens: `second-factor` for `secondFactor`. */
function pathIn(shape: Shape, name: string): readonly string[] {
  const steps: string[] = [];
  for (const step of name.split(".")) {
    const camel = step.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    steps.push(shapeAt(shape, [...steps, step]) === undefined ? camel : step);
  }
  return steps;
}

/** The schema at a path; of several variants the first that has it. Undefined when none has. */
function shapeAt(shape: Shape, path: readonly string[]): Shape | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return shape;
  for (const variant of variantsOf(shape)) {
    const inner = variant.properties?.[step];
    const found = typeof inner === "object" ? shapeAt(inner, rest) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

export function variantsOf(shape: Shape): readonly Shape[] {
  const variants = (shape.anyOf ?? shape.oneOf ?? []).filter((one) => typeof one === "object");
  return variants.length === 0 ? [shape] : variants.flatMap(variantsOf);
}

function parsedAs(shape: Shape | undefined, text: string): unknown {
  const types = shape === undefined ? [] : variantsOf(shape).map(({ type }) => type);
  if (shape === undefined || types.includes("string")) return text;
  if (types.includes("array")) return listOf(shape, text);
  if (types.includes("boolean"))
    return /^(?:true|yes|có)$/.test(text) ? true : /^(?:false|no|không)$/.test(text) ? false : text;
  if (types.includes("integer") || types.includes("number"))
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
  return types.includes("object") ? jsonOr(text) : text;
}

function listOf({ items }: Shape, text: string): unknown {
  if (text.startsWith("[")) return jsonOr(text);
  const inner = typeof items === "object" && !Array.isArray(items) ? items : undefined;
  const parts = text.split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "").map((part) => parsedAs(inner, part));
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function put(all: Given, [step = "", ...rest]: readonly string[], value: unknown): Given {
  const inner = Object.hasOwn(all, step) ? all[step] : undefined;
  return { ...all, [step]: rest.length === 0 ? value : put(isRecord(inner) ? inner : {}, rest, value) };
}

/** Names of places become their codes, in every `place` and `places`; two names of one place become one code. */
function withPlaces(all: Given, places: DeskPlaces, path = ""): Given {
  const entries = Object.entries(all).map(([name, value]): readonly [string, unknown] => {
    const field = `${path}${name}`;
    if (isRecord(value)) return [name, withPlaces(value, places, `${field}.`)];
    if (name === "place") return [name, codeOf(value, field, places)];
    if (name !== "places" || !Array.isArray(value)) return [name, value];
    return [name, [...new Set(value.map((one, at) => codeOf(one, `${field}.${at}`, places)))]];
  });
  return Object.fromEntries(entries);
}

function codeOf(value: unknown, field: string, places: DeskPlaces): unknown {
  if (typeof value !== "string" || value === "" || PLACE_CODE.test(value)) return value;
  const code = places.resolve(value);
  if (code === undefined) throw invalid({ field, text: `${TEXTS}.place`, params: { value } });
  return code;
}

function isRecord(value: unknown): value is Given {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
