import type { YamlPath } from "../../../content/bundle.ts";
import type { Condition } from "../../condition.ts";
import type { Value, Vars } from "../../ids.ts";
import type { FlowNode } from "../../schema.ts";

/** A variable, and where in the node it is named. */
export interface VarUse {
  readonly name: string;
  readonly path: YamlPath;
}

/** Variables whose value the node looks at: `$name` in values, and conditions. */
export function readsOf(node: FlowNode): readonly VarUse[] {
  switch (node.kind) {
    case "say":
      return inVars(node.params, ["params"]);
    case "ask":
      return [...inVars(node.params, ["params"]), ...choiceReads(node)];
    case "services":
      return (["need", "place", "urgent", "child"] as const).flatMap((name) => inValue(node[name], [name]));
    case "statement":
      return (["statement", "guide", "place"] as const).flatMap((name) => inValue(node[name], [name]));
    case "form":
      return (["form", "place"] as const).flatMap((name) => inValue(node[name], [name]));
    case "quiz":
      return inValue(node.quiz, ["quiz"]);
    case "tip":
      return inValue(node.topic, ["topic"]);
    case "campaign":
      return inValue(node.campaign, ["campaign"]);
    case "branch":
      return node.cases.flatMap((one, i) => inCondition(one.when, ["cases", i, "when"]));
    case "set":
      return inVars(node.vars, ["vars"]);
    case "call":
    case "goto":
      return inVars(node.with, ["with"]);
    default:
      return [];
  }
}

/** Variables that the node gives a value. */
export function writesOf(node: FlowNode): readonly VarUse[] {
  switch (node.kind) {
    case "ask":
      return askWrites(node);
    case "place":
      return [{ name: node.set, path: ["set"] }];
    case "quiz":
      return ["score", "total"].map((name) => ({ name, path: [] }));
    case "set":
      return keys(node.vars, ["vars"]);
    case "call":
      return keys(node.returns, ["returns"]);
    case "goto":
      return node.go.startsWith("@") ? [] : keys(node.with, ["with"]);
    case "safe-word":
      return [{ name: "me.safe_word", path: [] }];
    case "tip":
      return node.pick === "next" ? [{ name: "me.tip_number", path: ["pick"] }] : [];
    default:
      return [];
  }
}

/** The name under which a node holds typed words, if it does. */
export function heardBy(node: FlowNode): string | undefined {
  return node.kind === "ask" && node.free_text !== undefined && "hear" in node.free_text
    ? node.free_text.hear
    : undefined;
}

function choiceReads(node: Extract<FlowNode, { kind: "ask" }>): readonly VarUse[] {
  const of = (choices: typeof node.more, name: string) =>
    (choices ?? []).flatMap((choice, i) => [
      ...(choice.when === undefined ? [] : inCondition(choice.when, [name, i, "when"])),
      ...inVars(choice.set, [name, i, "set"]),
    ]);
  return [
    ...of(Array.isArray(node.choices) ? node.choices : [], "choices"),
    ...(node.choices !== undefined && !Array.isArray(node.choices) ? inValue(node.choices.of, ["choices", "of"]) : []),
    ...of(node.more, "more"),
    ...inValue(node.unlisted?.of, ["unlisted", "of"]),
  ];
}

function askWrites(node: Extract<FlowNode, { kind: "ask" }>): readonly VarUse[] {
  const { choices, more = [], free_text, number, unlisted } = node;
  const of = (list: typeof more, name: string) => list.flatMap((choice, i) => keys(choice.set, [name, i, "set"]));
  return [
    ...(choices === undefined
      ? []
      : Array.isArray(choices)
        ? of(choices, "choices")
        : [{ name: choices.set, path: ["choices", "set"] }]),
    ...of(more, "more"),
    ...(unlisted === undefined ? [] : [{ name: unlisted.set, path: ["unlisted", "set"] }]),
    ...(free_text !== undefined && "screen" in free_text
      ? [{ name: free_text.screen, path: ["free_text", "screen"] }]
      : []),
    ...(number === undefined ? [] : [{ name: number.set, path: ["number", "set"] }]),
  ];
}

function keys(record: Readonly<Record<string, unknown>> | undefined, path: YamlPath): readonly VarUse[] {
  return Object.keys(record ?? {}).map((name) => ({ name, path: [...path, name] }));
}

function inVars(vars: Vars | undefined, path: YamlPath): readonly VarUse[] {
  return Object.entries(vars ?? {}).flatMap(([name, value]) => inValue(value, [...path, name]));
}

function inValue(value: Value | undefined, path: YamlPath): readonly VarUse[] {
  return typeof value === "string" && value.startsWith("$") ? [{ name: value.slice(1), path }] : [];
}

function inCondition(condition: Condition, path: YamlPath): readonly VarUse[] {
  if ("all" in condition) return condition.all.flatMap((one, i) => inCondition(one, [...path, "all", i]));
  if ("any" in condition) return condition.any.flatMap((one, i) => inCondition(one, [...path, "any", i]));
  if ("not" in condition) return inCondition(condition.not, [...path, "not"]);
  return [{ name: condition.var, path: [...path, "var"] }];
}
