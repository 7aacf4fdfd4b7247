import type { Bundle, YamlPath } from "../../../content/bundle.ts";
import { LANGS, type Lang } from "../../ids.ts";
import { FORM_LABELS, FORM_TEXTS, formText } from "../../nodes/form.ts";
import { CANCEL, SAFE_WORD_TEXTS } from "../../nodes/safe-word.ts";
import type { FlowNode } from "../../schema.ts";
import { allNodes, type NodeRef } from "./graph.ts";

/** A node showing a text. */
export interface TextUse {
  readonly key: string;
  readonly as: "text" | "label";
  /** Names the text may show as `{{name}}`, beside the standing ones. */
  readonly params: readonly string[];
  readonly ref: NodeRef;
  /** Where in the node the text is asked for. */
  readonly path: YamlPath;
}

/** Placeholders that every text may use. */
export const STANDING_PARAMS = ["operator", "operator_hours"] as const;

/** Shared texts that the engine and the channels use by themselves. */
export const STANDING_TEXTS = ["yes", "no", "back", "menu", "help", "skip", "retry"].map((name) => `common.${name}`);

export function allTextUses(bundle: Bundle): readonly TextUse[] {
  return allNodes(bundle).flatMap(textUses);
}

/** Names in `{{…}}`, each once. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map((match) => match[1] ?? ""))];
}

export interface WrittenText {
  readonly lang: Lang;
  readonly key: string;
  readonly text: string;
}

export function allTexts(bundle: Bundle): readonly WrittenText[] {
  return LANGS.flatMap((lang) => [...bundle.texts[lang]].map(([key, text]) => ({ lang, key, text })));
}

const SHARED: readonly string[] = ["common", "engine", "broadcast"];

/** Texts of flows, of the engine, of messages the team sends, and those shared; the others belong to pages and tools. */
export function isForCitizens(bundle: Bundle, key: string): boolean {
  const namespace = key.split(".")[0] ?? "";
  return bundle.flows.has(namespace) || SHARED.includes(namespace);
}

export function textUses(ref: NodeRef): readonly TextUse[] {
  const { flow, id, node } = ref;
  const own = `${flow}.${id}.text`;
  const text = (key: string, path: YamlPath = ["text"], params: readonly string[] = []): TextUse => {
    return { key, as: "text", params, ref, path };
  };
  switch (node.kind) {
    case "say":
      return [text(node.text ?? own, ["text"], Object.keys(node.params ?? {}))];
    case "ask":
      return [
        text(node.text ?? own, ["text"], Object.keys(node.params ?? {})),
        ...labelUses(ref, node),
        text(node.retry ?? "common.retry", ["retry"]),
      ];
    case "place":
      return [
        text(node.text ?? own),
        text("common.retry"),
        ...(node.skip ? [label(ref, "common.skip", ["skip"])] : []),
      ];
    case "referral":
      return [text(node.text ?? own), text(node.opened, ["opened"]), ...yesNoLabels(ref, []), text("common.retry")];
    case "link":
      return [text(node.text ?? own)];
    case "quiz":
      return [text("common.retry")];
    case "wait":
      return node.text === undefined ? [] : [text(node.text)];
    case "form":
      return formTexts(ref);
    case "safe-word":
      return [text(node.text ?? own), ...safeWordTexts(ref, node)];
    case "media":
      return [text(node.alt, ["alt"])];
    default:
      return [];
  }
}

function label(ref: NodeRef, key: string, path: YamlPath): TextUse {
  return { key, as: "label", params: [], ref, path };
}

function formTexts(ref: NodeRef): readonly TextUse[] {
  const key = (name: string) => formText(ref.flow, name);
  const params = (name: string) => (name === "question" ? ["number", "total", "question"] : []);
  return [
    ...FORM_TEXTS.map((name): TextUse => ({ key: key(name), as: "text", params: params(name), ref, path: [] })),
    ...FORM_LABELS.map((name) => label(ref, key(name), [])),
    ...["common.yes", "common.no", "common.back"].map((name) => label(ref, name, [])),
  ];
}

function safeWordTexts(ref: NodeRef, node: Extract<FlowNode, { kind: "safe-word" }>): readonly TextUse[] {
  const key = (name: string) => `${ref.flow}.${ref.id}.${name}`;
  const params = (name: string) => (name === "done" ? ["word"] : []);
  return [
    ...SAFE_WORD_TEXTS.map((name): TextUse => ({ key: key(name), as: "text", params: params(name), ref, path: [] })),
    ...[...node.words, CANCEL].map((name, i) => label(ref, key(name), ["words", i])),
  ];
}

function yesNoLabels(ref: NodeRef, path: YamlPath): readonly TextUse[] {
  return [label(ref, "common.yes", path), label(ref, "common.no", path)];
}

function labelUses(ref: NodeRef, node: Extract<FlowNode, { kind: "ask" }>): readonly TextUse[] {
  const fixed = (choices: typeof node.more, name: string) =>
    (choices ?? []).map((choice, i) => label(ref, choice.label ?? `${ref.flow}.${ref.id}.${choice.id}`, [name, i]));
  return [
    ...fixed(Array.isArray(node.choices) ? node.choices : [], "choices"),
    ...(node.yes_no === undefined ? [] : yesNoLabels(ref, ["yes_no"])),
    ...fixed(node.more, "more"),
  ];
}
