import type { Bundle } from "../../content/bundle.ts";
import { HERE_VARS, ME_TOPICS, ME_VARS } from "../ids.ts";
import type { Flow } from "../schema.ts";
import { waysOf } from "./facts/graph.ts";
import { heardBy, readsOf, type VarUse, writesOf } from "./facts/variables.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** Variables exist, are set on some way before they are read, and are never words a person typed. */
export const checkVariables: Check = (bundle) => [...bundle.flows.values()].flatMap((flow) => inFlow(bundle, flow));

function inFlow(bundle: Bundle, flow: Flow): readonly Finding[] {
  const heard = new Set(Object.values(flow.nodes).flatMap((node) => heardBy(node) ?? []));
  const set = setBefore(flow);
  return Object.entries(flow.nodes).flatMap(([id, node]) => {
    const at = (use: VarUse) => atNode(bundle, flow.flow, id, use.path);
    const [reads, writes] = [readsOf(node), writesOf(node)];
    const named = [...reads, ...writes];
    const unknown = [...reads.filter(isUnknownToRead), ...writes.filter(isUnknownToWrite)];
    const here = set.get(id) ?? new Set();
    return [
      ...unknown.map((use) => unknownStanding(use, at(use))),
      ...named.filter(({ name }) => heard.has(name)).map((use) => heardUsed(use, at(use))),
      ...reads
        .filter(({ name }) => !isStanding(name) && !heard.has(name) && !here.has(name))
        .map((use) => unset(use.name, at(use))),
      ...(node.kind === "submit" && !here.has(`heard ${node.from}`)
        ? [unset(node.from, atNode(bundle, flow.flow, id, ["from"]))]
        : []),
    ];
  });
}

/** For each node, the variables that some way from the start has set before it. Typed words count as `heard <name>`. */
function setBefore(flow: Flow): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, Set<string>>(Object.keys(flow.nodes).map((id) => [id, new Set(flow.takes)]));
  for (let grown = true; grown; ) {
    grown = false;
    for (const [id, node] of Object.entries(flow.nodes)) {
      const heard = heardBy(node);
      const after = [...(before.get(id) ?? []), ...writesOf(node).map(({ name }) => name)];
      if (heard !== undefined) after.push(`heard ${heard}`);
      for (const { to } of waysOf(node)) grown = addAll(before.get(to), after) || grown;
    }
  }
  return before;
}

function addAll(set: Set<string> | undefined, names: readonly string[]): boolean {
  const size = set?.size ?? 0;
  for (const name of names) set?.add(name);
  return (set?.size ?? 0) > size;
}

const KEPT = ME_VARS.map((name) => `me.${name}`);
const READ_ONLY = [...ME_TOPICS.map((name) => `me.${name}`), ...HERE_VARS.map((name) => `here.${name}`)];

/** Not of the flow: kept with the person, or given by where they write. */
function isStanding(name: string): boolean {
  return name.includes(".");
}

function isUnknownToWrite({ name }: VarUse): boolean {
  return isStanding(name) && !KEPT.includes(name);
}

function isUnknownToRead(use: VarUse): boolean {
  return isUnknownToWrite(use) && !READ_ONLY.includes(use.name);
}

function unknownStanding({ name }: VarUse, spot: Parameters<typeof finding>[1]): Finding {
  const message = `${name} is none of ${KEPT.join(", ")}`;
  return finding("variable-unknown", spot, message, "use a variable of the flow, or one of these");
}

function heardUsed({ name }: VarUse, spot: Parameters<typeof finding>[1]): Finding {
  const message = `${name} holds words a person typed`;
  return finding("heard-used", spot, message, "typed words can only go to a submit node; use another name here");
}

function unset(name: string, spot: Parameters<typeof finding>[1]): Finding {
  const message = `no way from the start sets ${name} before this node`;
  return finding("variable-unset", spot, message, "set it before, name it in takes:, or correct the name");
}
