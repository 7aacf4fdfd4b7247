import type { Bundle } from "../../content/bundle.ts";
import { foldWords } from "../../language/fold.ts";
import { LANGS } from "../ids.ts";
import { linkProgram, type Program } from "../program.ts";
import { contentTexts } from "./facts/content-texts.ts";
import { allNodes, type NodeRef, waysOf } from "./facts/graph.ts";
import { listEntries } from "./facts/lists.ts";
import { textUses } from "./facts/texts.ts";
import { atNode, type Check, type Finding, finding, type Spot } from "./finding.ts";

/** A label as one language shows it. */
interface Label {
  readonly name: string;
  readonly text: string;
  /** The flow that pressing it leads to; undefined for the end of a flow and for labels of content. */
  readonly leadsTo: string | undefined;
  readonly means: "yes" | "no" | undefined;
  readonly spot: Spot;
}

/**
 * Typing a label does what pressing it does. Words that always work are read before any label, so that none may be one
 * that leads elsewhere; and no label says "yes" where it means "no". Words for a language are read after the labels.
 */
export const checkLabels: Check = (bundle) => {
  const program = linkProgram(bundle.program, bundle.flows.values());
  return allLabels(bundle).flatMap((label) => findings(program, label));
};

function findings(program: Program, { name, text, leadsTo, means, spot }: Label): readonly Finding[] {
  const folded = foldWords(text);
  const role = program.words.get(folded);
  if (role !== undefined && program.roles[role] !== leadsTo) {
    const message = `${name} reads “${text}”: typed, that is a word for ${role} and not this choice`;
    return [finding("label-taken", spot, message, "rename the label")];
  }
  const said = program.answers.get(folded);
  if (said === undefined || means === undefined || said === means) return [];
  return [finding("label-taken", spot, `${name} reads “${text}”, which says ${said} and means ${means}`, "rename it")];
}

function allLabels(bundle: Bundle): readonly Label[] {
  const nodes = allNodes(bundle);
  return [
    ...nodes.flatMap((ref) => writtenLabels(bundle, ref)),
    ...nodes.flatMap((ref) => listedLabels(bundle, ref)),
    ...contentLabels(bundle),
  ];
}

/** Labels of flows. Those of forms, of places and of safe words stay where they are. */
function writtenLabels(bundle: Bundle, ref: NodeRef): readonly Label[] {
  const ways = new Map(waysOf(ref.node).map(({ path, to }) => [path.join("."), to]));
  return textUses(ref)
    .filter((use) => use.as === "label")
    .flatMap(({ key, path }) => {
      const to = ways.get(path.join("."));
      return shown(bundle, key).map((text) => ({
        name: key,
        text,
        leadsTo: to === undefined ? ref.flow : flowOf(ref, to),
        means: meaning(ref, path),
        spot: atNode(bundle, ref.flow, ref.id, path),
      }));
    });
}

function shown({ texts }: Bundle, key: string): readonly string[] {
  return LANGS.flatMap((lang) => texts[lang].get(key) ?? []);
}

function flowOf(ref: NodeRef, to: string): string | undefined {
  if (to === "$end") return undefined;
  return to.startsWith("@") ? to.slice(1) : ref.flow;
}

function meaning({ node }: NodeRef, [list, index]: readonly (string | number)[]): Label["means"] {
  if (node.kind !== "ask" || typeof index !== "number") return undefined;
  const choices = list === "more" ? node.more : node.choices;
  const choice = Array.isArray(choices) ? choices[index] : undefined;
  if (choice?.means !== undefined) return choice.means;
  return choice?.id === "yes" || choice?.id === "no" ? choice.id : undefined;
}

function listedLabels(bundle: Bundle, ref: NodeRef): readonly Label[] {
  if (ref.node.kind !== "ask") return [];
  const { choices, unlisted } = ref.node;
  const lists = [
    { list: Array.isArray(choices) ? undefined : choices, at: "choices" },
    { list: unlisted, at: "unlisted" },
  ];
  return lists.flatMap(({ list, at }) => {
    if (list === undefined) return [];
    const leadsTo = flowOf(ref, list.go);
    const spot = atNode(bundle, ref.flow, ref.id, [at]);
    return listEntries(bundle, list.from).flatMap(({ id, label }) =>
      LANGS.map((lang) => ({ name: id, text: label?.[lang] ?? "", leadsTo, means: undefined, spot })),
    );
  });
}

/** Answers of quizzes, and the fields of a letter where it is asked which to change. */
function contentLabels(bundle: Bundle): readonly Label[] {
  return contentTexts(bundle)
    .filter(({ path: [list, , part] }) => {
      return list === "questions" ? part === "right" || part === "wrong" : list === "fields" && part === "name";
    })
    .map(({ thing, path, text }) => {
      const name = `${thing} ${path.join(".")}`;
      return { name, text, leadsTo: undefined, means: undefined, spot: bundle.locate(thing, path) };
    });
}
