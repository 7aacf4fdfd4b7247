import { z } from "zod";
import { Value, VarName, type Vars } from "./ids.ts";

const Compare = z.union([
  z.strictObject({ var: VarName, is: Value }),
  z.strictObject({ var: VarName, in: z.array(Value).min(1) }),
  z.strictObject({ var: VarName, known: z.boolean() }),
  z.strictObject({ var: VarName, at_least: z.number() }),
]);

/** Structured so that the checks can reason about it; never a code string. */
export type Condition =
  | z.infer<typeof Compare>
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Compare,
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

/** True when the condition holds for these variables. An unknown variable is never equal to anything. */
export function holds(condition: Condition, vars: Vars): boolean {
  if ("all" in condition) return condition.all.every((c) => holds(c, vars));
  if ("any" in condition) return condition.any.some((c) => holds(c, vars));
  if ("not" in condition) return !holds(condition.not, vars);
  const value = vars[condition.var];
  if ("known" in condition) return (value !== undefined) === condition.known;
  if (value === undefined) return false;
  if ("is" in condition) return value === condition.is;
  if ("in" in condition) return condition.in.includes(value);
  return typeof value === "number" && value >= condition.at_least;
}
