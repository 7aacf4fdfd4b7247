import type { Bundle } from "../../content/bundle.ts";
import { startOf } from "./facts/graph.ts";
import { type Check, type Finding, finding } from "./finding.ts";

/** The flows of `program.yaml` exist and can do what their roles ask. */
export const checkRoles: Check = (bundle) => {
  const { start, menu, help, exit, forget, stop, unreadable } = bundle.program;
  const roles = { start, menu, help: help.flow, exit, forget, stop, unreadable };
  const missing = Object.entries(roles).flatMap(([role, flow]) => {
    if (flow === undefined || bundle.flows.has(flow)) return [];
    const message = `${role} is the flow ${flow}, which does not exist`;
    return [finding("role-missing", bundle.locate("program", [role]), message, "correct the name, or write that flow")];
  });
  return [...missing, ...urgentFindings(bundle), ...unfit(bundle)];
};

function urgentFindings(bundle: Bundle): readonly Finding[] {
  const { flow, urgent } = bundle.program.help;
  const help = bundle.flows.get(flow);
  if (help === undefined || help.nodes[urgent] !== undefined) return [];
  const message = `${urgent} is no node of ${flow}`;
  const fix = "name the node that shows services at once";
  return [finding("role-missing", bundle.locate("program", ["help", "urgent"]), message, fix)];
}

function unfit(bundle: Bundle): readonly Finding[] {
  const { help, exit, forget, stop, unreadable = "" } = bundle.program;
  const lacking = (role: string, flow: string, ok: boolean, message: string, fix: string) =>
    bundle.flows.has(flow) && !ok
      ? [finding("role-unfit", { ...bundle.locate("program", [role]), flow }, message, fix)]
      : [];
  const nodes = (flow: string) => Object.values(bundle.flows.get(flow)?.nodes ?? {});
  const clears = nodes(exit).some((node) => node.kind === "ask" && node.clear === true);
  const keepsNothing = bundle.flows.get(help.flow)?.keeps === "nothing";
  const forgets = nodes(forget).some((node) => node.kind === "forget");
  const stops = nodes(stop).some((node) => node.kind === "unsubscribe" && node.topic === "all");
  const shows = (flow: string) => nodes(flow).some((node) => node.kind === "services");
  const fixed = shows(unreadable) && bundle.flows.get(unreadable)?.keeps === "nothing";
  return [
    ...lacking("help", help.flow, keepsNothing, "the help flow keeps things", "add keeps: nothing and expires: 15m"),
    ...lacking("help", help.flow, shows(help.flow), "the help flow shows no services", "add a services node"),
    ...lacking(
      "unreadable",
      unreadable,
      fixed,
      "it shows no services, or keeps things",
      "add them, and keeps: nothing",
    ),
    ...lacking("exit", exit, clears, "quick exit clears no screen", "add clear: true to its questions"),
    ...lacking("forget", forget, forgets, "the flow never forgets anything", "add a forget node"),
    ...lacking("stop", stop, stops, "the flow does not stop all topics", "add an unsubscribe node with topic: all"),
    ...menuFinding(bundle),
  ];
}

/** The menu is where ended flows come to: it must take typed words nowhere and wait for a choice. */
function menuFinding(bundle: Bundle): readonly Finding[] {
  const { menu } = bundle.program;
  const waiting = Object.values(bundle.flows.get(menu)?.nodes ?? {}).some((node) => node.kind === "ask");
  if (startOf(bundle, menu) === undefined || waiting) return [];
  const message = "the menu asks nothing";
  const spot = { ...bundle.locate("program", ["menu"]), flow: menu };
  return [finding("role-unfit", spot, message, "give the menu a question with choices")];
}
