import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import type { Finding } from "../flow/checks/finding.ts";
import type { YamlPath } from "./bundle.ts";

/** Aliases a file may expand to: enough for a person, too few for a trap. */
const MAX_ALIASES = 50;

/** One parsed file. `value` is undefined when it could not be read; `findings` says why. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** The place of the thing at this path, or of the nearest thing around it. */
  placeOf(path: YamlPath): { readonly line: number; readonly column: number };
}

export function readYaml(file: string, text: string): YamlFile {
  const counter = new LineCounter();
  const doc = parseDocument(text, { lineCounter: counter, uniqueKeys: true, prettyErrors: false });
  const placeAt = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // What follows the first mistake in a file is mostly its echo.
  const findings = [...doc.errors, ...doc.warnings]
    .slice(0, 1)
    .map((problem) => yamlFinding(file, placeAt(problem.pos[0]), problem.message));
  const placeOf = (path: YamlPath) => placeAt(offsetOf(doc, path));
  if (findings.length > 0) return { file, value: undefined, findings, placeOf };
  try {
    return { file, value: doc.toJS({ maxAliasCount: MAX_ALIASES }), findings, placeOf };
  } catch (error) {
    const message = error instanceof Error ? error.message : "the file could not be expanded";
    return { file, value: undefined, findings: [yamlFinding(file, placeAt(0), message)], placeOf };
  }
}

/** Each way in which a value does not fit its schema, at the line where it is written. */
export function schemaFindings(yaml: YamlFile, error: z.ZodError): readonly Finding[] {
  return error.issues
    .flatMap((issue) => innermost(issue))
    .map((issue) => {
      const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
      const key = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
      return {
        code: "schema-invalid",
        severity: "error",
        file: yaml.file,
        ...yaml.placeOf([...path, ...key]),
        message: `${path.length > 0 ? `${path.join(".")}: ` : ""}${issue.message}`,
        fix: "compare with docs/flow-format.md or the JSON schema of this kind of file",
      };
    });
}

function yamlFinding(file: string, place: { line: number; column: number }, message: string): Finding {
  return {
    code: "yaml-invalid",
    severity: "error",
    file,
    ...place,
    message,
    fix: "mend the indentation, quotes or repeated key at this line; put texts with : or # into quotes or after |",
  };
}

/** Of the ways a union failed, the one that came furthest says most. */
function innermost(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const variants = issue.errors.map((errors) =>
    errors.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const depth = (errors: readonly z.core.$ZodIssue[]) => Math.max(...errors.map((e) => e.path.length));
  return variants.reduce((best, next) =>
    depth(next) > depth(best) || (depth(next) === depth(best) && next.length < best.length) ? next : best,
  );
}

/** Character offset of the key (or list entry) that the path leads to. */
function offsetOf(doc: Document.Parsed, path: YamlPath): number {
  let node: unknown = doc.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? (node as Node).range?.[0] : undefined;
}
