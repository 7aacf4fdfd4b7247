import type { z } from "zod";
import { variantsOf } from "./input.ts";

type Shape = z.core.JSONSchema.BaseSchema;

/** What an action takes, in one line: `id*: text, roles*: author | approver, …`. A star: must be given. */
export function shapeLine(shape: Shape): string {
  const variants = variantsOf(shape);
  return variants.length === 1 ? fieldsOf(shape) : variants.map(typeWord).join(" | ");
}

function fieldsOf({ properties = {}, required = [] }: Shape): string {
  const fields = Object.entries(properties).map(([name, inner]) => {
    const star = required.includes(name) ? "*" : "";
    return `${name}${star}: ${typeof inner === "object" ? typeWord(inner) : "any"}`;
  });
  return fields.join(", ");
}

function typeWord(shape: Shape): string {
  const variants = variantsOf(shape);
  if (variants.length > 1) return variants.map(typeWord).join(" | ");
  const [only = shape] = variants;
  if (only.const !== undefined) return String(only.const);
  if (only.enum !== undefined) return only.enum.map(String).join(" | ");
  if (only.type === "array")
    return `[${typeof only.items === "object" && !Array.isArray(only.items) ? typeWord(only.items) : ""}]`;
  if (only.type === "object") return `{ ${fieldsOf(only)} }`;
  return only.type === "string" ? (only.format ?? "text") : String(only.type ?? "any");
}
