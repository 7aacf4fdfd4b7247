import type { Bundle } from "../../content/bundle.ts";
import { foldWords } from "../../language/fold.ts";
import { LANGS, type Lang } from "../ids.ts";
import type { Choice } from "../nodes/ask.ts";
import type { FlowNode } from "../schema.ts";
import { allNodes, type NodeRef, waysOf } from "./facts/graph.ts";
import { type ListEntry, listEntries } from "./facts/lists.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** Choices written in a flow; more are hard to read as numbered text. */
const MAX_FIXED = 12;
/** Choices with those that a list of content adds. */
const MAX_ALL = 24;
/** Telegram's limit for what a button carries; the smallest of all channels. */
export const MAX_TOKEN_BYTES = 64;

type Ask = Extract<FlowNode, { kind: "ask" }>;

/** Every question can be answered without typing, has few choices, and tells them apart. */
export const checkQuestions: Check = (bundle) =>
  allNodes(bundle).flatMap((ref) => {
    if (ref.node.kind === "place" && !ref.node.skip) return [forced(bundle, ref)];
    return ref.node.kind === "ask" ? askFindings(bundle, ref, ref.node) : [];
  });

function askFindings(bundle: Bundle, ref: NodeRef, node: Ask): readonly Finding[] {
  const at = atNode(bundle, ref.flow, ref.id);
  const fixed = fixedChoices(node);
  const listed = node.choices !== undefined && !Array.isArray(node.choices) ? node.choices.from : undefined;
  const entries = listed === undefined ? [] : listEntries(bundle, listed);
  const found: Finding[] = [];
  if (listed !== undefined && entries.length === 0) {
    const fix = "add the content, or take the question out";
    found.push(finding("empty-list", at, `the list ${listed} has no entries`, fix));
  } else if (fixed.length === 0 && listed === undefined && !node.yes_no && !node.free_text && !node.number) {
    const fix = "add choices, yes_no, free_text or number; a node that only speaks is a say";
    found.push(finding("question-empty", at, "nobody can answer this question", fix));
  }
  if (node.free_text !== undefined && !leadsOnByPress(ref)) found.push(forced(bundle, ref));
  const all = fixed.length + entries.length + (node.yes_no ? 2 : 0);
  if (fixed.length > MAX_FIXED || all > MAX_ALL) {
    const fix = `ask in two steps: at most ${MAX_FIXED} choices here, ${MAX_ALL} with a list`;
    found.push(finding("too-many-choices", at, `${all} choices`, fix));
  }
  return [...found, ...idFindings(bundle, ref, node, entries), ...labelFindings(bundle, ref, node, entries)];
}

function fixedChoices(node: Ask): readonly Choice[] {
  return [...(Array.isArray(node.choices) ? node.choices : []), ...(node.more ?? [])];
}

function forced(bundle: Bundle, ref: NodeRef): Finding {
  const fix = "add a choice that leads on without typing, such as common.skip; for a place, skip: true";
  const at = atNode(bundle, ref.flow, ref.id);
  return finding("free-text-forced", at, "a person must type words to go on here", fix);
}

function leadsOnByPress({ node, id }: NodeRef): boolean {
  return waysOf(node).some((way) => way.cause === "press" && way.to !== id);
}

function idFindings(bundle: Bundle, ref: NodeRef, node: Ask, entries: readonly ListEntry[]): readonly Finding[] {
  const at = atNode(bundle, ref.flow, ref.id);
  const yesNo = node.yes_no === undefined ? [] : ["yes", "no"];
  const ids = [...fixedChoices(node).map((choice) => choice.id), ...entries.map((entry) => entry.id), ...yesNo];
  const twice = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  const long = ids.filter((id) => new TextEncoder().encode(`${ref.flow}:${ref.id}:${id}`).length > MAX_TOKEN_BYTES);
  return [
    ...[...twice].map((id) =>
      finding("duplicate-choice", at, `two choices are called ${id}`, "give every choice of a question its own id"),
    ),
    ...long.map((id) => {
      const message = `${ref.flow}:${ref.id}:${id} is over ${MAX_TOKEN_BYTES} bytes`;
      return finding("token-too-long", at, message, "shorten the id of the choice, the node or the flow");
    }),
  ];
}

/** Labels that a person may see together; two choices that both have a condition usually exclude each other. */
function labelFindings(bundle: Bundle, ref: NodeRef, node: Ask, entries: readonly ListEntry[]): readonly Finding[] {
  const at = atNode(bundle, ref.flow, ref.id);
  return LANGS.flatMap((lang) => {
    const labels = shownLabels(bundle, ref, node, entries, lang).filter(({ folded }) => folded !== "");
    return labels.flatMap((one, i) => {
      const other = labels.slice(0, i).find((it) => it.folded === one.folded && !(it.when && one.when));
      if (other === undefined) return [];
      const message = `${other.id} and ${one.id} read the same when typed: “${one.folded}” (${lang})`;
      return [finding("duplicate-label", at, message, "word one of the labels differently")];
    });
  });
}

function shownLabels(bundle: Bundle, ref: NodeRef, node: Ask, entries: readonly ListEntry[], lang: Lang) {
  const text = (key: string) => foldWords(bundle.texts[lang].get(key) ?? "");
  const yesNo = node.yes_no === undefined ? [] : ["yes", "no"];
  return [
    ...fixedChoices(node).map(({ id, label, when }) => ({
      id,
      folded: text(label ?? `${ref.flow}.${ref.id}.${id}`),
      when: when !== undefined,
    })),
    ...entries.map(({ id, label }) => ({ id, folded: foldWords(label?.[lang] ?? ""), when: false })),
    ...yesNo.map((id) => ({ id, folded: text(`common.${id}`), when: false })),
  ];
}
