import { allNodes, waysOf } from "./facts/graph.ts";
import { atFlow, atNode, type Check, finding } from "./finding.ts";

/** Every target names a node of this flow or an existing flow. */
export const checkTargets: Check = (bundle) => [
  ...[...bundle.flows.values()].flatMap(({ flow, lost, nodes }) => {
    if (lost === undefined || nodes[lost] !== undefined) return [];
    const message = `lost leads to ${lost}, which is no node of ${flow}`;
    return [finding("unknown-node", atFlow(bundle, flow, ["lost"]), message, "name a node of this flow")];
  }),
  ...allNodes(bundle).flatMap(({ flow, id, node }) =>
    waysOf(node).flatMap(({ to, name, path }) => {
      const spot = atNode(bundle, flow, id, path);
      if (to === "$end") return [];
      if (to.startsWith("@")) {
        if (bundle.flows.has(to.slice(1))) return [];
        const fix = "correct the name, or write that flow";
        return [finding("unknown-flow", spot, `${name} leads to the flow ${to.slice(1)}, which does not exist`, fix)];
      }
      if (bundle.flows.get(flow)?.nodes[to] !== undefined) return [];
      const fix = `correct the name; another flow is written as "@${to}"`;
      return [finding("unknown-node", spot, `${name} leads to ${to}, which is no node of ${flow}`, fix)];
    }),
  ),
];
