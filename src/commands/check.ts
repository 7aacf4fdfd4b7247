import { resolve } from "node:path";
import { seededRandom } from "../bot/random.ts";
import { findMismatches } from "../bot/transcript-findings.ts";
import { proveHelpWords } from "../bot/word-proof.ts";
import type { Bundle } from "../content/bundle.ts";
import { checkFiles } from "../content/check-files.ts";
import { readFolder } from "../content/files.ts";
import { parseFiles } from "../content/parse.ts";
import type { Finding } from "../flow/checks/finding.ts";
import { helpDistance } from "../flow/checks/help-distance.ts";
import { hasErrors, reportFindings, reportHelpDistance, reportTotal } from "../flow/checks/report.ts";
import { assembleApp, ROOT } from "./app.ts";

/** Proves a folder with `flows/`, `locales/` and, if it has any, `content/`. Resolves with the exit status. */
export async function check(folder: string | undefined, json: boolean): Promise<number> {
  const root = folder === undefined ? ROOT : resolve(folder);
  const files = await readFolder(root);
  const findings = checkFiles(files, { now: Date.now(), runTranscripts });
  const { bundle } = parseFiles(files);
  const proof = bundle === null || hasErrors(findings) ? undefined : prove(bundle);
  if (json) write(JSON.stringify({ findings, help: proof }, null, 2));
  else writeReport(findings, proof);
  const unproved = proof !== undefined && proof.words.failures.length > 0;
  return hasErrors(findings) || unproved ? 1 : 0;
}

/** Plays the dialogues in the world of this bundle. */
function runTranscripts(bundle: Bundle): readonly Finding[] {
  let chance = seededRandom(1);
  const app = assembleApp(bundle, { profile: null, slots: {}, random: () => chance() });
  return findMismatches(bundle, {
    program: app.program,
    say: app.say,
    worldAt: app.worlds.at,
    raw: (key, lang) => bundle.texts[lang].get(key),
    restart: () => {
      chance = seededRandom(1);
    },
  });
}

function prove(bundle: Bundle) {
  const { program, worlds } = assembleApp(bundle, { profile: null, slots: {}, random: seededRandom(1) });
  return { distances: helpDistance(bundle), words: proveHelpWords(program, bundle.program, worlds.at) };
}

function writeReport(findings: readonly Finding[], proof: ReturnType<typeof prove> | undefined): void {
  if (findings.length > 0) write(reportFindings(findings));
  if (proof !== undefined) {
    const { distances, words } = proof;
    write(reportHelpDistance(distances));
    write(
      `help word: 1 input in ${words.situations - words.failures.length} of ${words.situations} states (${words.inputs} inputs tried)`,
    );
    for (const { flow, node, situation } of words.failures) write(`  fails at ${flow}.${node} (${situation})`);
  }
  write(reportTotal(findings));
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
