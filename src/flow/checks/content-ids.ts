import type { Bundle } from "../../content/bundle.ts";
import { NEEDS, type Value } from "../ids.ts";
import type { Code } from "./codes.ts";
import { allNodes, type NodeRef } from "./facts/graph.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";

/** Every id of content that a flow names exists. */
export const checkContentIds: Check = (bundle) => allNodes(bundle).flatMap((ref) => nodeFindings(bundle, ref));

function nodeFindings(bundle: Bundle, ref: NodeRef): readonly Finding[] {
  const { node } = ref;
  const unknown = (code: Code, key: string, value: Value | undefined, known: Iterable<string>) => {
    if (value === undefined || isVariable(value) || [...known].includes(String(value))) return [];
    const message = `${key}: ${value} does not exist`;
    return [
      finding(code, atNode(bundle, ref.flow, ref.id, [key]), message, "correct the id, or add the entry to content/"),
    ];
  };
  switch (node.kind) {
    case "referral":
      return unknown(
        "unknown-service",
        "service",
        node.service,
        bundle.services.map((it) => it.id),
      );
    case "services":
      return unknown("unknown-need", "need", node.need, NEEDS);
    case "quiz":
      return unknown(
        "unknown-quiz",
        "quiz",
        node.quiz,
        bundle.quizzes.map((it) => it.quiz),
      );
    case "form":
      return unknown(
        "unknown-form",
        "form",
        node.form,
        bundle.forms.map((it) => it.form),
      );
    case "tip":
      return unknown(
        "unknown-topic",
        "topic",
        node.topic,
        bundle.tips.map((it) => it.topic),
      );
    case "campaign":
      return unknown("unknown-campaign", "campaign", node.campaign, [
        "current",
        ...bundle.campaigns.map((it) => it.campaign),
      ]);
    case "media":
      return unknown("unknown-media", "file", node.file, bundle.media);
    case "statement":
      return [
        ...unknown(
          "unknown-statement",
          "statement",
          node.statement,
          bundle.statements.map((it) => it.id),
        ),
        ...unknown(
          "unknown-guide",
          "guide",
          node.guide,
          bundle.guides.map((it) => it.guide),
        ),
        ...sectionFindings(bundle, ref, node),
      ];
    default:
      return [];
  }
}

function sectionFindings(
  bundle: Bundle,
  ref: NodeRef,
  node: Extract<NodeRef["node"], { kind: "statement" }>,
): readonly Finding[] {
  const { statement, guide: id, section } = node;
  const at = atNode(bundle, ref.flow, ref.id);
  if (statement === undefined ? id === undefined || section === undefined : id !== undefined) {
    const fix = "write statement: <id>, or guide: <id> with section: <name>";
    return [finding("statement-incomplete", at, "it is not clear what this node shows", fix)];
  }
  const guide = bundle.guides.find((it) => it.guide === id);
  if (guide === undefined || section === undefined || guide.sections[section] !== undefined) return [];
  const message = `the guide ${guide.guide} has no section ${section}`;
  return [finding("unknown-guide-section", at, message, "write the section, or show another one")];
}

function isVariable(value: Value): boolean {
  return typeof value === "string" && value.startsWith("$");
}
