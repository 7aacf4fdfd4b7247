import type { Bundle } from "../../content/bundle.ts";
import { atFlow, type Check, finding } from "./finding.ts";

/** Every flow has test dialogues, and they go as written. */
export const checkTranscripts: Check = (bundle, { runTranscripts }) => [
  ...[...bundle.transcripts.keys()]
    .filter((flow) => !bundle.flows.has(flow))
    .map((flow) => {
      const spot = bundle.locate(`transcript:${flow}`);
      return finding("transcript-without-flow", spot, `there is no flow ${flow}`, "rename the file, or delete it");
    }),
  ...[...bundle.flows.keys()]
    .filter((flow) => !testedFlows(bundle).has(flow))
    .map((flow) => {
      const fix = `write a dialogue in flows/${flow}.test.yaml`;
      return finding("transcript-missing", atFlow(bundle, flow), `no test dialogue plays ${flow}`, fix);
    }),
  ...(runTranscripts?.(bundle) ?? []),
];

/** Flows with a file of their own, and those that a dialogue in another file starts in. */
function testedFlows(bundle: Bundle): ReadonlySet<string> {
  const named = [...bundle.transcripts.values()].flatMap((file) => testsOf(file).flatMap(startFlow));
  return new Set([
    ...[...bundle.transcripts].filter(([, file]) => testsOf(file).length > 0).map(([flow]) => flow),
    ...named,
  ]);
}

function testsOf(file: unknown): readonly unknown[] {
  const { tests } = asRecord(file);
  return Array.isArray(tests) ? tests : [];
}

function startFlow(test: unknown): readonly string[] {
  const { flow } = asRecord(test);
  return typeof flow === "string" ? [flow] : [];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
