import { atFlow, type Check, finding } from "./finding.ts";

/** `moved:` leads people from nodes that are gone to nodes that exist. */
export const checkMoved: Check = (bundle) =>
  [...bundle.flows.values()].flatMap(({ flow, moved, nodes }) =>
    Object.entries(moved).flatMap(([from, to]) => {
      const at = atFlow(bundle, flow, ["moved", from]);
      return [
        ...(nodes[from] === undefined
          ? []
          : [finding("moved-existing", at, `${from} still exists`, "take the line out of moved:, or rename the node")]),
        ...(nodes[to] === undefined
          ? [finding("moved-unknown", at, `${to} is no node of ${flow}`, "lead to a node that exists")]
          : []),
      ];
    }),
  );
