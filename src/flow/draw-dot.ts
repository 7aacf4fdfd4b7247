import type { Bundle } from "../content/bundle.ts";
import { type NodeRef, type Way, waysOf } from "./checks/facts/graph.ts";
import { listEntries } from "./checks/facts/lists.ts";
import { textUses } from "./checks/facts/texts.ts";
import type { Condition } from "./condition.ts";
import type { Lang } from "./ids.ts";
import type { NodeKind } from "./schema.ts";

/** Words of a text that a picture shows, and the width at which a label breaks. */
const MOST_WORDS = 16;
const LINE_WIDTH = 30;
const WAY_WIDTH = 18;
export const FONT = "Be Vietnam Pro, Noto Sans, sans-serif";

interface Look {
  readonly shape: string;
  readonly fill: string;
  readonly line: string;
}

const QUIET: Look = { shape: "box", fill: "#f5f5f4", line: "#a8a29e" };
const SPEAKS: Look = { shape: "box", fill: "#eff6ff", line: "#3b82f6" };
const HELPS: Look = { shape: "box", fill: "#fef2f2", line: "#dc2626" };
const DECIDES: Look = { shape: "hexagon", fill: "#fefce8", line: "#ca8a04" };
const ASKS: Look = { shape: "box", fill: "#fff7ed", line: "#ea580c" };
const SHOWS: Look = { shape: "box", fill: "#f0fdf4", line: "#16a34a" };
const LEAVES: Look = { shape: "box", fill: "#faf5ff", line: "#9333ea" };

/** Orange asks, blue speaks, green shows content, red leads to people, yellow decides, purple leaves. */
const LOOKS = {
  say: SPEAKS,
  ask: ASKS,
  place: ASKS,
  services: HELPS,
  referral: HELPS,
  statement: SHOWS,
  quiz: SHOWS,
  tip: SHOWS,
  campaign: SHOWS,
  form: ASKS,
  "safe-word": ASKS,
  media: SHOWS,
  link: SHOWS,
  branch: DECIDES,
  split: DECIDES,
  set: QUIET,
  count: QUIET,
  subscribe: QUIET,
  unsubscribe: QUIET,
  submit: QUIET,
  forget: QUIET,
  wait: QUIET,
  call: LEAVES,
  goto: LEAVES,
  end: QUIET,
} as const satisfies Record<NodeKind, Look>;

/** A flow in the DOT language. Throws `RangeError` when there is no such flow. */
export function flowToDot(bundle: Bundle, flowId: string, lang: Lang): string {
  const flow = bundle.flows.get(flowId);
  if (flow === undefined) throw new RangeError(`there is no flow ${flowId}`);
  const picture = new Picture(bundle, lang);
  const refs = Object.entries(flow.nodes).map(([id, node]) => ({ flow: flowId, id, node }));
  const lines = refs.flatMap((ref) => [picture.node(ref), ...picture.ways(ref)]);
  return [
    `digraph ${quote(flowId)} {`,
    `  graph [rankdir=TB, margin="0.25,0.1", nodesep=0.35, ranksep=0.5, fontname=${quote(FONT)}, bgcolor=white]`,
    `  node [fontname=${quote(FONT)}, fontsize=12, style="filled,rounded", margin="0.25,0.1", penwidth=1.4]`,
    `  edge [fontname=${quote(FONT)}, fontsize=11, color="#78716c", fontcolor="#44403c", arrowsize=0.8]`,
    `  "start" [label=${quote(padded(picture.kind("start")))}, shape=box, fillcolor="#1c1917", fontcolor=white]`,
    `  "start" -> ${quote(flow.start)}`,
    ...lines,
    ...picture.outside(),
    "}",
  ].join("\n");
}

class Picture {
  readonly #bundle: Bundle;
  readonly #lang: Lang;
  readonly #others = new Set<string>();

  constructor(bundle: Bundle, lang: Lang) {
    this.#bundle = bundle;
    this.#lang = lang;
  }

  kind(name: string): string {
    return this.#bundle.wording.drawing.kinds[name]?.[this.#lang] ?? name;
  }

  node(ref: NodeRef): string {
    const look = LOOKS[ref.node.kind];
    const decides = look === DECIDES;
    const label = this.#nodeLabel(ref);
    const style = decides ? 'style=filled, margin="0.1,0.02", fontsize=10, ' : "";
    return `  ${quote(ref.id)} [label=${quote(label)}, ${style}shape=${look.shape}, fillcolor="${look.fill}", color="${look.line}"]`;
  }

  ways(ref: NodeRef): readonly string[] {
    const together = new Map<string, string[]>();
    for (const way of waysOf(ref.node)) {
      if (ref.node.kind === "call" && way.name === "flow") continue;
      const to = this.#anchor(ref, way);
      together.set(to, [...(together.get(to) ?? []), this.#wayLabel(ref, way)]);
    }
    return [...together].map(([to, labels]) => {
      const label = labels.flatMap((one) => wrap(one, WAY_WIDTH).map(padded)).join("\n");
      return `  ${quote(ref.id)} -> ${quote(to)} [label=${quote(label)}]`;
    });
  }

  /** The flows that this one leads to, and its end: drawn once for every node that leads there. */
  outside(): readonly string[] {
    return [...this.#others].map((anchor) => {
      const target = anchor.split(" ").at(-1) ?? "";
      const label = padded(target === "$end" ? this.kind("end") : `${this.kind("flow")}: ${target.slice(1)}`);
      return `  ${quote(anchor)} [label=${quote(label)}, shape=box, fillcolor="#faf5ff", color="#9333ea", style="filled,rounded,dashed"]`;
    });
  }

  /** Ends stand beside the node that leads to them, so that no arrow runs across the whole picture. */
  #anchor(ref: NodeRef, way: Way): string {
    if (!way.to.startsWith("@") && way.to !== "$end") return way.to;
    const anchor = `${ref.id} ${way.to}`;
    this.#others.add(anchor);
    return anchor;
  }

  #nodeLabel(ref: NodeRef): string {
    const { node } = ref;
    const title = `${this.kind(node.kind)} · ${ref.id}`;
    const key = textUses(ref).find((use) => use.as === "text" && use.path[0] !== "retry")?.key;
    const text = key === undefined || key === "common.retry" ? detailOf(ref) : this.#text(key);
    return [title, ...wrap(text, LINE_WIDTH)].map(padded).join("\n");
  }

  #text(key: string): string {
    const words = (this.#bundle.texts[this.#lang].get(key) ?? key).split(/\s+/);
    return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).join(" ")} …` : words.join(" ");
  }

  #way(name: string): string {
    return this.#bundle.wording.drawing.ways[name]?.[this.#lang] ?? "";
  }

  #wayLabel(ref: NodeRef, way: Way): string {
    const { node } = ref;
    if (node.kind === "ask") return this.#askLabel(ref, node, way);
    if (node.kind === "branch" && way.name !== "else") {
      const when = node.cases[Number(way.name.slice("cases.".length))]?.when;
      return when === undefined ? "" : this.#condition(when);
    }
    if (node.kind === "wait" && way.name === "go") return node.for;
    return this.#way(way.name);
  }

  #askLabel(ref: NodeRef, node: Extract<NodeRef["node"], { kind: "ask" }>, way: Way): string {
    if (way.cause !== "press") return this.#way(way.name);
    if (node.choices !== undefined && !Array.isArray(node.choices) && way.name === node.choices.from) {
      return `${this.#way("entries")} ${way.name} (${listEntries(this.#bundle, node.choices.from).length})`;
    }
    if (way.name === "yes" || way.name === "no") {
      const common = this.#bundle.texts[this.#lang].get(`common.${way.name}`);
      if (node.yes_no !== undefined && common !== undefined) return common;
    }
    const fixed = [...(Array.isArray(node.choices) ? node.choices : []), ...(node.more ?? [])];
    const choice = fixed.find(({ id, go }) => id === way.name && go === way.to);
    return this.#text(choice?.label ?? `${ref.flow}.${ref.id}.${way.name}`);
  }

  #condition(condition: Condition): string {
    if ("all" in condition) return condition.all.map((one) => this.#condition(one)).join(` ${this.#way("and")} `);
    if ("any" in condition) return condition.any.map((one) => this.#condition(one)).join(` ${this.#way("or")} `);
    if ("not" in condition) return `${this.#way("not")} (${this.#condition(condition.not)})`;
    if ("known" in condition) return `${condition.var} ${this.#way(condition.known ? "known" : "unknown")}`;
    if ("is" in condition) return `${condition.var} = ${condition.is}`;
    return "in" in condition
      ? `${condition.var} = ${condition.in.join(" | ")}`
      : `${condition.var} ≥ ${condition.at_least}`;
  }
}

/** What a node without a text of its own is about, as its author wrote it. */
function detailOf({ node }: NodeRef): string {
  switch (node.kind) {
    case "call":
      return node.flow;
    case "services":
      return String(node.need);
    case "statement":
      return [node.statement, node.guide, node.section].filter((part) => part !== undefined).join(" ");
    case "quiz":
      return String(node.quiz);
    case "tip":
      return [node.pick, node.topic].filter((part) => part !== undefined).join(" ");
    case "campaign":
      return `${node.campaign} ${node.show}`;
    case "set":
      return Object.entries(node.vars)
        .map(([name, value]) => `${name} = ${value}`)
        .join(", ");
    case "count":
      return node.count;
    case "subscribe":
    case "unsubscribe":
      return node.topic;
    case "submit":
      return node.box;
    case "wait":
      return node.for;
    default:
      return "";
  }
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((one) => one !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Room on both sides: fonts of people's machines are often wider than the measured one. */
function padded(line: string): string {
  return ` ${line} `;
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
