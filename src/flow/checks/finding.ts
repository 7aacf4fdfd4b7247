import type { Bundle, SourcePlace, YamlPath } from "../../content/bundle.ts";
import { type Code, WARNINGS } from "./codes.ts";

/** An author's mistake: where it is, what it is, and what would mend it. */
export interface Finding {
  readonly code: Code;
  readonly severity: "error" | "warning";
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  readonly flow?: string;
  readonly node?: string;
  readonly message: string;
  readonly fix: string;
}

export interface CheckOptions {
  /** Milliseconds since 1970; without it nothing is held against the calendar. */
  readonly now?: number;
  /** Plays the test dialogues; its findings carry the code `transcript-failed`. */
  readonly runTranscripts?: (bundle: Bundle) => readonly Finding[];
}

/** One concern. Pure: the same bundle gives the same findings. */
export type Check = (bundle: Bundle, options: CheckOptions) => readonly Finding[];

export interface Spot extends SourcePlace {
  readonly flow?: string;
  readonly node?: string;
}

export function finding(code: Code, spot: Spot, message: string, fix: string): Finding {
  return { code, severity: WARNINGS.has(code) ? "warning" : "error", ...spot, message, fix };
}

export function atNode(bundle: Bundle, flow: string, node: string, path: YamlPath = []): Spot {
  return { ...bundle.locate(`flow:${flow}`, ["nodes", node, ...path]), flow, node };
}

export function atFlow(bundle: Bundle, flow: string, path: YamlPath = []): Spot {
  return { ...bundle.locate(`flow:${flow}`, path), flow };
}
