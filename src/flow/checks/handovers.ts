import type { Bundle } from "../../content/bundle.ts";
import { allNodes, type NodeRef } from "./facts/graph.ts";
import { writesOf } from "./facts/variables.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** What one flow hands another, that one takes; what it wants back, that one sets. */
export const checkHandovers: Check = (bundle) => allNodes(bundle).flatMap((ref) => nodeFindings(bundle, ref));

function nodeFindings(bundle: Bundle, ref: NodeRef): readonly Finding[] {
  const { node } = ref;
  const target = node.kind === "call" ? node.flow : node.kind === "goto" ? node.go.replace(/^@/, "") : undefined;
  const flow = target === undefined ? undefined : bundle.flows.get(target);
  if (flow === undefined || (node.kind !== "call" && node.kind !== "goto")) return [];
  if (node.kind === "goto" && !node.go.startsWith("@")) return [];
  const returns = node.kind === "call" ? Object.values(node.returns ?? {}) : [];
  const sets = new Set([
    ...flow.takes,
    ...Object.values(flow.nodes)
      .flatMap(writesOf)
      .map(({ name }) => name),
  ]);
  const at = atNode(bundle, ref.flow, ref.id);
  return [
    ...Object.keys(node.with ?? {})
      .filter((name) => !flow.takes.includes(name))
      .map((name) => {
        const message = `${flow.flow} does not take ${name}`;
        return finding("call-unknown-variable", at, message, `add it to takes: of ${flow.flow}, or leave it out`);
      }),
    ...returns
      .filter((name) => !sets.has(name))
      .map((name) => {
        const message = `${flow.flow} never sets ${name}`;
        return finding("call-unknown-variable", at, message, "correct the name on the right of returns:");
      }),
  ];
}
