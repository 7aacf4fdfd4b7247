import type { Bundle } from "../../content/bundle.ts";
import { checkContentIds } from "./content-ids.ts";
import { checkFileNames } from "./file-names.ts";
import type { Check, CheckOptions, Finding } from "./finding.ts";
import { checkHandovers } from "./handovers.ts";
import { checkHelpDistance } from "./help-distance.ts";
import { checkKeeps } from "./keeps.ts";
import { checkLabels } from "./labels.ts";
import { checkLengths } from "./lengths.ts";
import { checkLockScreen } from "./lock-screen.ts";
import { checkLoops } from "./loops.ts";
import { checkMoved } from "./moved.ts";
import { checkNumberedLines } from "./numbered-lines.ts";
import { checkNumbers } from "./numbers.ts";
import { checkPlaceholders } from "./placeholders.ts";
import { checkQuestions } from "./questions.ts";
import { checkReach } from "./reach.ts";
import { checkRoles } from "./roles.ts";
import { checkServices } from "./services.ts";
import { checkStatements } from "./statements.ts";
import { checkTargets } from "./targets.ts";
import { checkTextForm } from "./text-form.ts";
import { checkTexts } from "./texts.ts";
import { checkTranscripts } from "./transcripts.ts";
import { checkTriggers } from "./triggers.ts";
import { checkVariables } from "./variables.ts";
import { checkWaitingTimes } from "./waiting-times.ts";
import { checkWaysOut } from "./ways-out.ts";
import { checkWording } from "./wording.ts";

/** Whether everything leads somewhere. What the other checks say makes sense only when this holds. */
const STRUCTURE: readonly Check[] = [checkRoles, checkFileNames, checkTargets, checkWaysOut];

const REST: readonly Check[] = [
  checkReach,
  checkLoops,
  checkMoved,
  checkQuestions,
  checkLabels,
  checkTriggers,
  checkVariables,
  checkHandovers,
  checkKeeps,
  checkWaitingTimes,
  checkHelpDistance,
  checkTexts,
  checkTextForm,
  checkPlaceholders,
  checkLengths,
  checkWording,
  checkLockScreen,
  checkNumbers,
  checkNumberedLines,
  checkContentIds,
  checkStatements,
  checkServices,
  checkTranscripts,
];

/**
 * All findings about parsed content, sorted by file and line. Mistakes in the structure are reported alone: mended,
 * they usually take a dozen others with them.
 */
export function checkBundle(bundle: Bundle, options: CheckOptions): readonly Finding[] {
  const structure = STRUCTURE.flatMap((check) => check(bundle, options));
  return sortFindings(structure.length > 0 ? structure : REST.flatMap((check) => check(bundle, options)));
}

export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
