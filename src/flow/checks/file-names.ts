import { atFlow, type Check, finding } from "./finding.ts";

/** A flow is named like its file, so that texts and test dialogues are found beside it. */
export const checkFileNames: Check = (bundle) =>
  [...bundle.flows.keys()].flatMap((flow) => {
    const at = atFlow(bundle, flow, ["flow"]);
    if (at.file === `flows/${flow}.yaml` || at.line === undefined) return [];
    return [finding("file-name", at, `the flow ${flow} is written in ${at.file}`, `name the file flows/${flow}.yaml`)];
  });
