import { stringify } from "yaml";
import { z } from "zod";
import { vietnamLocal } from "../broadcast/schedule.ts";
import type { CommandAnswer } from "../desk/command/command.ts";

/** Fills a text of `locales/` by its full key. */
export type DeskSay = (key: string, params?: Readonly<Record<string, string>>) => string;

/** What is printed, and the exit status: 0 done, 1 refused, 2 wrong use. */
export interface Printed {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** `json`: one JSON document on stdout, whatever came of it. */
export function printed(answer: CommandAnswer, say: DeskSay, json: boolean): Printed {
  switch (answer.kind) {
    case "done":
      return { code: 0, out: json ? pretty(answer.result ?? null) : readable(answer.result, say), err: "" };
    case "refused": {
      const issues = answer.issues.map(({ field, text, params }) => ({ field, text, said: say(text, params) }));
      const said = say(`desk.problem.${answer.problem}`);
      if (json) return { code: 1, out: pretty({ problem: answer.problem, said, issues }), err: "" };
      return { code: 1, out: "", err: [said, ...issues.map((one) => `  ${one.field}: ${one.said}`)].join("\n") };
    }
    case "wrong-use": {
      const said = say(`desk-command.wrong.${answer.text}`, answer.params);
      return json ? { code: 2, out: pretty({ problem: answer.text, said }), err: "" } : { code: 2, out: "", err: said };
    }
  }
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const Rows = z.array(z.record(z.string(), Cell)).min(1);
const ActionRows = z.array(
  z.looseObject({ name: z.string(), roles: z.array(z.string()), input: z.string(), changes: z.boolean() }),
);

/** A list of what can be done, a table, or YAML for whatever has parts. */
function readable(result: unknown, say: DeskSay): string {
  if (result === undefined || result === null) return say("desk-command.done");
  if (Array.isArray(result) && result.length === 0) return say("desk-command.empty");
  const actions = ActionRows.safeParse(result);
  if (actions.success) return actions.data.map(actionLines).join("\n");
  const timed = withTimes(result);
  const rows = Rows.safeParse(timed);
  return rows.success ? table(rows.data) : stringify(timed, { lineWidth: 0 }).trimEnd();
}

function actionLines({ name, roles, input }: z.infer<typeof ActionRows>[number]): string {
  return `${name}${roles.length === 0 ? "" : `  [${roles.join(", ")}]`}${input === "" ? "" : `\n    ${input}`}`;
}

function table(rows: z.infer<typeof Rows>): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  return lines
    .map((line) =>
      line
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cell(value: z.infer<typeof Cell> | undefined): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** From 2020 to 2100: a number in between is a time, in milliseconds since 1970. */
const [EARLIEST, LATEST] = [1_577_836_800_000, 4_102_444_800_000];

/** Times as people in Viet Nam read them. */
function withTimes(value: unknown): unknown {
  if (typeof value === "number") return value >= EARLIEST && value < LATEST ? vietnamLocal(value) : value;
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTimes(inner)]));
}
