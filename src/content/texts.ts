import type { Finding } from "../flow/checks/finding.ts";
import { TextKey } from "../flow/ids.ts";
import type { YamlPath } from "./bundle.ts";
import type { YamlFile } from "./yaml.ts";

export interface FlatTexts {
  readonly texts: ReadonlyMap<string, { readonly text: string; readonly path: YamlPath }>;
  readonly findings: readonly Finding[];
}

/** The nested texts of one locale file by full key. Blanks and line ends around a text are not part of it. */
export function flattenTexts(namespace: string, yaml: YamlFile): FlatTexts {
  const texts = new Map<string, { text: string; path: YamlPath }>();
  const findings: Finding[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    const key = [namespace, ...path].join(".");
    if (isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
    } else if (typeof value === "string" && value.trim() !== "" && TextKey.safeParse(key).success) {
      texts.set(key, { text: value.trim(), path });
    } else findings.push(notAText(yaml, path));
  };
  if (yaml.findings.length === 0 && yaml.value !== null) visit(yaml.value, []);
  return { texts, findings };
}

function notAText(yaml: YamlFile, path: YamlPath): Finding {
  return {
    code: "schema-invalid",
    severity: "error",
    file: yaml.file,
    ...yaml.placeOf(path),
    message: `${path.join(".") || "the file"} is not a text with a lower-case name`,
    fix: "put the words into quotes; name texts with lower-case letters, digits, - and _",
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
