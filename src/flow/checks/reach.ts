import type { Bundle } from "../../content/bundle.ts";
import { allNodes, waysOf } from "./facts/graph.ts";
import { atFlow, atNode, type Check, finding } from "./finding.ts";

/** Every node can be reached from its flow's start, and every flow from somewhere. */
export const checkReach: Check = (bundle) => [...unreachableNodes(bundle), ...unreachableFlows(bundle)];

function unreachableNodes(bundle: Bundle) {
  return [...bundle.flows.keys()].flatMap((flow) => {
    const reached = reachedIn(bundle, flow);
    return Object.keys(bundle.flows.get(flow)?.nodes ?? {})
      .filter((id) => !reached.has(id))
      .map((id) => {
        const fix = "lead a choice or a go: to it, or delete it (with a line in moved: when people may stand on it)";
        return finding("unreachable-node", atNode(bundle, flow, id), `no way leads to ${id}`, fix);
      });
  });
}

function reachedIn(bundle: Bundle, flow: string): ReadonlySet<string> {
  const { help } = bundle.program;
  const { start = "", lost = start } = bundle.flows.get(flow) ?? {};
  const open = [start, lost, ...(help.flow === flow ? [help.urgent] : [])];
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = bundle.flows.get(flow)?.nodes[id];
    if (node === undefined || reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOf(node).map((way) => way.to));
  }
  return reached;
}

function unreachableFlows(bundle: Bundle) {
  const { start, menu, help, exit, forget, stop, unreadable = help.flow } = bundle.program;
  const led = new Set([start, menu, help.flow, exit, forget, stop, unreadable]);
  for (const { flow, node } of allNodes(bundle)) {
    for (const { to } of waysOf(node)) if (to !== `@${flow}`) led.add(to.replace(/^@/, ""));
  }
  return [...bundle.flows.values()]
    .filter(({ flow, triggers }) => !led.has(flow) && Object.values(triggers).every((words) => words.length === 0))
    .map(({ flow }) => {
      const fix = "give it a trigger, or lead to it from the menu or another flow";
      return finding("unreachable-flow", atFlow(bundle, flow), `nothing leads to the flow ${flow}`, fix);
    });
}
