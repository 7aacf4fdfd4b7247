import type { Bundle, YamlPath } from "../../../content/bundle.ts";
import type { FlowNode } from "../../schema.ts";

/**
 * What takes the way: nothing at all (the same turn), a press, typed words, or time. A wait ends with any input;
 * that counts as a press.
 */
export type Cause = "at-once" | "press" | "type" | "time";

/** A way out of a node, as the author wrote it. `name` is the choice or key it belongs to, `path` where it stands. */
export interface Way {
  readonly to: string;
  readonly cause: Cause;
  readonly name: string;
  readonly path: YamlPath;
}

/** One node of the whole program. */
export interface NodeRef {
  readonly flow: string;
  readonly id: string;
  readonly node: FlowNode;
}

export function allNodes(bundle: Bundle): readonly NodeRef[] {
  return [...bundle.flows].flatMap(([flow, { nodes }]) =>
    Object.entries(nodes).map(([id, node]) => ({ flow, id, node })),
  );
}

export function nodeAt(bundle: Bundle, flow: string, id: string): NodeRef | undefined {
  const node = bundle.flows.get(flow)?.nodes[id];
  return node === undefined ? undefined : { flow, id, node };
}

export function refKey({ flow, id }: Pick<NodeRef, "flow" | "id">): string {
  return `${flow}.${id}`;
}

/** Whether a person can be standing here between two inputs. */
export function waits(node: FlowNode): boolean {
  return ["ask", "place", "quiz", "referral", "wait", "form", "safe-word"].includes(node.kind);
}

/** Whether "menu" and "help" are offered here. */
export function hasExits(node: FlowNode): boolean {
  return waits(node) && !(node.kind === "ask" && node.exits === "none");
}

/** Every way out. A call leads into the called flow; coming back is the way named `return`. */
export function waysOf(node: FlowNode): readonly Way[] {
  switch (node.kind) {
    case "ask":
      return askWays(node);
    case "place":
      return [leads(node.skip ? "press" : "type", node.go, "go")];
    case "quiz":
      return [leads("press", node.go, "go")];
    case "referral":
      return [
        way(node.unavailable, "unavailable"),
        leads("press", node.refused, "refused"),
        leads("press", node.go, "go"),
      ];
    case "wait":
      return [leads("time", node.go, "go"), leads("press", node.input, "input")];
    case "branch":
      return [...node.cases.map((one, i) => way(one.go, `cases.${i}`, ["cases", i])), way(node.else, "else")];
    case "split":
      return node.ways.map((one, i) => way(one.go, `ways.${i}`, ["ways", i]));
    case "campaign":
      return [way(node.go, "go"), way(node.open, "open")];
    case "submit":
      return [way(node.go, "go"), way(node.harm, "harm"), way(node.lost, "lost")];
    case "call":
      return [way(`@${node.flow}`, "flow"), way(node.go, "return")];
    case "safe-word":
      return [leads("press", node.go, "go"), leads("press", node.cancel, "cancel")];
    case "form":
      return node.blank
        ? [way(node.go, "go"), way(node.lost, "lost")]
        : (["go", "lost", "drop"] as const).map((name) => leads("press", node[name], name));
    case "end":
      return [way("$end", "end")];
    default:
      return [way(node.go, "go")];
  }
}

function leads(cause: Cause, to: string, name: string, path: YamlPath = [name]): Way {
  return { to, cause, name, path };
}

function way(to: string, name: string, path: YamlPath = [name]): Way {
  return leads("at-once", to, name, path);
}

function askWays(node: Extract<FlowNode, { kind: "ask" }>): readonly Way[] {
  const { choices, more = [], unlisted, yes_no, free_text, number, timeout } = node;
  const fixed = (list: typeof more, key: string) => list.map(({ go, id }, i) => leads("press", go, id, [key, i]));
  return [
    ...(choices !== undefined && !Array.isArray(choices)
      ? [leads("press", choices.go, choices.from, ["choices"])]
      : []),
    ...fixed(Array.isArray(choices) ? choices : [], "choices"),
    ...fixed(more, "more"),
    ...(yes_no === undefined
      ? []
      : [leads("press", yes_no.yes, "yes", ["yes_no"]), leads("press", yes_no.no, "no", ["yes_no"])]),
    ...(unlisted === undefined ? [] : [leads("type", unlisted.go, unlisted.from, ["unlisted"])]),
    ...(free_text === undefined ? [] : [leads("type", free_text.go, "typed", ["free_text"])]),
    ...(number === undefined ? [] : [leads("type", number.go, "typed", ["number"])]),
    ...(timeout === undefined ? [] : [leads("time", timeout.go, "timeout")]),
  ];
}

/** The start node of a flow. */
export function startOf(bundle: Bundle, flow: string): NodeRef | undefined {
  const start = bundle.flows.get(flow)?.start;
  return start === undefined ? undefined : nodeAt(bundle, flow, start);
}

/**
 * The node a target leads to from a node of `flow`; several when a flow ends, as it ends where it was called.
 * What cannot be found is left out: other checks report it.
 */
export function leadsTo(bundle: Bundle, flow: string, target: string): readonly NodeRef[] {
  if (target === "$end") return endsAt(bundle, flow);
  const ref = target.startsWith("@") ? startOf(bundle, target.slice(1)) : nodeAt(bundle, flow, target);
  return ref === undefined ? [] : [ref];
}

/** Where the person is when a flow ends: after each call of it, and on the menu. */
function endsAt(bundle: Bundle, flow: string): readonly NodeRef[] {
  const returns = allNodes(bundle).flatMap((ref) =>
    ref.node.kind === "call" && ref.node.flow === flow ? leadsTo(bundle, ref.flow, ref.node.go) : [],
  );
  const menu = startOf(bundle, bundle.program.menu);
  return menu === undefined ? returns : [...returns, menu];
}
