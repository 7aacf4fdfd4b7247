import type { Bundle } from "../../content/bundle.ts";
import { foldWords } from "../../language/fold.ts";
import { LANGS } from "../ids.ts";
import { linkToken } from "../input.ts";
import { commandOf, ROLES } from "../program.ts";
import { atFlow, type Check, type Finding, finding, type Spot } from "./finding.ts";
import { MAX_TOKEN_BYTES } from "./questions.ts";

interface Claim {
  /** What the person sends, as the engine compares it. */
  readonly word: string;
  readonly owner: string;
  readonly spot: Spot;
}

/** One word, command or link leads to one place only. */
export const checkTriggers: Check = (bundle) => {
  const standing = standingWords(bundle);
  return [
    ...clashes([...standing, ...claims(bundle, "keywords", foldWords)]),
    ...clashes([
      ...standing.map((claim) => ({ ...claim, word: commandOf(claim.word) })),
      ...claims(bundle, "commands", (name) => commandOf(foldWords(name))),
    ]),
    ...clashes(claims(bundle, "payloads", (name) => name)),
    ...longPayloads(bundle),
  ];
};

/** A button that the team puts below a message carries the payload. */
function longPayloads(bundle: Bundle): readonly Finding[] {
  return claims(bundle, "payloads", linkToken)
    .filter(({ word }) => word.length > MAX_TOKEN_BYTES)
    .map(({ word, spot }) => {
      return finding("token-too-long", spot, `${word} is over ${MAX_TOKEN_BYTES} bytes`, "shorten the payload");
    });
}

function standingWords(bundle: Bundle): readonly Claim[] {
  return [...roleWords(bundle), ...languageWords(bundle)];
}

function languageWords(bundle: Bundle): readonly Claim[] {
  return LANGS.flatMap((lang) =>
    bundle.program.languages[lang].map((word, i) => ({
      word: foldWords(word),
      owner: `the words for the language ${lang}`,
      spot: bundle.locate("program", ["languages", lang, i]),
    })),
  );
}

function roleWords(bundle: Bundle): readonly Claim[] {
  return ROLES.flatMap((role) =>
    LANGS.flatMap((lang) =>
      bundle.program.words[role][lang].map((word, i) => ({
        word: foldWords(word),
        owner: `the standing words for ${role}`,
        spot: bundle.locate("program", ["words", role, lang, i]),
      })),
    ),
  );
}

function claims(bundle: Bundle, kind: "commands" | "keywords" | "payloads", fold: (name: string) => string) {
  return [...bundle.flows.values()].flatMap(({ flow, triggers }) =>
    triggers[kind].map((name, i) => ({
      word: fold(name),
      owner: `the flow ${flow}`,
      spot: atFlow(bundle, flow, ["triggers", kind, i]),
    })),
  );
}

/** The same word twice for one owner is harmless: with and without tone marks. */
function clashes(all: readonly Claim[]): readonly Finding[] {
  const first = new Map<string, Claim>();
  const found = new Map<string, Finding>();
  for (const claim of all) {
    const other = first.get(claim.word);
    if (other === undefined) first.set(claim.word, claim);
    else if (other.owner !== claim.owner) {
      const message = `“${claim.word}” belongs to ${other.owner} and to ${claim.owner}`;
      const fix = "keep it in one place; standing words always win over keywords";
      found.set(`${claim.word} ${claim.owner}`, finding("trigger-clash", claim.spot, message, fix));
    }
  }
  return [...found.values()];
}
