import type { CheckOptions, Finding } from "../flow/checks/finding.ts";
import { checkBundle, sortFindings } from "../flow/checks/run.ts";
import type { SourceFiles } from "./files.ts";
import { parseFiles } from "./parse.ts";

/**
 * Everything `npm run check` has to say about a folder. While files cannot be read, or do not have their shape, only
 * that is reported: what hangs on them would be guesswork.
 */
export function checkFiles(files: SourceFiles, options: CheckOptions): readonly Finding[] {
  const { bundle, findings } = parseFiles(files);
  const unreadable = bundle === null || findings.some((finding) => finding.severity === "error");
  return sortFindings(unreadable ? findings : [...findings, ...checkBundle(bundle, options)]);
}
