import type { Finding } from "./finding.ts";
import type { HelpDistance } from "./help-distance.ts";

/** Findings as lines for a terminal: place, code, what is wrong, and below it what would mend it. */
export function reportFindings(findings: readonly Finding[]): string {
  return findings.map(oneFinding).join("\n");
}

/** How many errors and warnings there are, in words. */
export function reportTotal(findings: readonly Finding[]): string {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return `${count(errors, "error")}, ${count(findings.length - errors, "warning")}`;
}

/** One line for each flow, the farthest last. */
export function reportHelpDistance(distances: readonly HelpDistance[]): string {
  const width = Math.max(...distances.map(({ flow }) => flow.length));
  return [...distances]
    .sort((a, b) => a.longest - b.longest || (a.flow < b.flow ? -1 : 1))
    .map(({ flow, nodes, states, longest }) => {
      const counts = `${count(nodes, "node").padStart(10)} ${count(states, "state").padStart(11)}`;
      return `${flow.padEnd(width)} ${counts}   help in ${count(longest, "input")} at most`;
    })
    .join("\n");
}

/** Exit status of `npm run check`. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

function oneFinding({ code, severity, file, line, column, flow, node, message, fix }: Finding): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const where = flow === undefined ? "" : ` (${[flow, node].filter((part) => part !== undefined).join(".")})`;
  return `${place}  ${severity === "warning" ? "warning " : ""}${code}${where}  ${message}\n  fix: ${fix}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
