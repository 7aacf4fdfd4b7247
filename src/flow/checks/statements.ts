import type { Bundle } from "../../content/bundle.ts";
import { allNodes } from "./facts/graph.ts";
import { atNode, type Check, type Finding, finding, type Spot } from "./finding.ts";

/** Nothing that nobody has verified is shown or leaned on, and guides lean on statements that exist. */
export const checkStatements: Check = (bundle) => [
  ...shownInFlows(bundle),
  ...leanedOnInGuides(bundle),
  ...leanedOnInForms(bundle),
];

function shownInFlows(bundle: Bundle): readonly Finding[] {
  return allNodes(bundle).flatMap(({ flow, id, node }) =>
    node.kind === "statement" ? hidden(bundle, node.statement, atNode(bundle, flow, id, ["statement"])) : [],
  );
}

function leanedOnInGuides(bundle: Bundle): readonly Finding[] {
  return bundle.guides.flatMap((guide) =>
    Object.entries(guide.sections).flatMap(([name, section]) =>
      (section?.statements ?? []).flatMap((id, i) => {
        const spot = bundle.locate(`guide:${guide.guide}`, ["sections", name, "statements", i]);
        if (bundle.statements.some((statement) => statement.id === id)) return hidden(bundle, id, spot);
        const message = `${guide.guide}.${name} cites ${id}, which does not exist`;
        return [finding("unknown-statement", spot, message, "correct the id, or add the statement with its source")];
      }),
    ),
  );
}

function leanedOnInForms(bundle: Bundle): readonly Finding[] {
  return bundle.forms.flatMap(({ form, statements }) =>
    statements.flatMap((id, i) => {
      const spot = bundle.locate(`form:${form}`, ["statements", i]);
      if (bundle.statements.some((statement) => statement.id === id)) return hidden(bundle, id, spot);
      const message = `${form} cites ${id}, which does not exist`;
      return [finding("unknown-statement", spot, message, "correct the id, or add the statement with its source")];
    }),
  );
}

function hidden(bundle: Bundle, id: unknown, spot: Spot): readonly Finding[] {
  const statement = bundle.statements.find((one) => one.id === id);
  if (statement === undefined || (statement.status === "ok" && statement.confidence !== "L")) return [];
  const why = statement.status === "verify" ? "still has to be verified" : "is general knowledge only (confidence L)";
  const fix = "verify it against its source and mark it so, or cite another statement";
  return [finding("statement-hidden", spot, `the statement ${statement.id} ${why}`, fix)];
}
