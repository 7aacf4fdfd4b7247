import type { Bundle } from "../../content/bundle.ts";
import { LANGS, type Lang } from "../ids.ts";
import { contentTexts } from "./facts/content-texts.ts";
import { allNodes, leadsTo, type NodeRef, refKey, startOf, waits, waysOf } from "./facts/graph.ts";
import { textUses } from "./facts/texts.ts";
import { atNode, type Check, type Finding, finding } from "./finding.ts";
import { hasPhrase } from "./words.ts";

/**
 * First lines of what can come first or unasked never name the topic: a lock screen shows them. Quick exit is
 * held to it in all its words. The words are in `content/wording/lock-screen.yaml`.
 */
export const checkLockScreen: Check = (bundle) => {
  const { start, menu } = bundle.program;
  return [...new Set([start, menu, ...bundle.wording.lockScreen.flows])]
    .flatMap((flow) => firstTexts(bundle, flow))
    .concat(exitTexts(bundle), tipTexts(bundle), planTexts(bundle))
    .flatMap(({ name, text, lang, spot }) => topicFinding(bundle, name, text, lang, spot));
};

interface Shown {
  readonly name: string;
  readonly lang: Lang;
  readonly text: string;
  readonly spot: Parameters<typeof finding>[1];
}

function topicFinding(bundle: Bundle, name: string, text: string, lang: Lang, spot: Shown["spot"]): readonly Finding[] {
  const word = bundle.wording.lockScreen.words[lang].find((one) => hasPhrase(text, one));
  if (word === undefined) return [];
  const fix = "begin with a neutral line; the topic may come in the next one";
  return [finding("topic-on-lock-screen", spot, `${name} shows “${word}” on a lock screen (${lang})`, fix)];
}

/** The first line of every first message of a flow, whatever its branches decide. */
function firstTexts(bundle: Bundle, flow: string): readonly Shown[] {
  const start = startOf(bundle, flow);
  return start === undefined ? [] : firstSpeakers(bundle, start).flatMap((ref) => shown(bundle, ref, firstLine));
}

function firstSpeakers(bundle: Bundle, start: NodeRef): readonly NodeRef[] {
  const seen = new Set<string>();
  const open = [start];
  const found: NodeRef[] = [];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (seen.has(refKey(ref)) || ref.flow !== start.flow) continue;
    seen.add(refKey(ref));
    if (waits(ref.node) || textUses(ref).some((use) => use.as === "text")) found.push(ref);
    else for (const way of waysOf(ref.node)) open.push(...leadsTo(bundle, ref.flow, way.to));
  }
  return found;
}

function exitTexts(bundle: Bundle): readonly Shown[] {
  const { exit, start, menu } = bundle.program;
  if (exit === start || exit === menu) return [];
  return allNodes(bundle)
    .filter((ref) => ref.flow === exit)
    .flatMap((ref) => shown(bundle, ref, (text) => text));
}

function shown(bundle: Bundle, ref: NodeRef, part: (text: string) => string): readonly Shown[] {
  const spot = atNode(bundle, ref.flow, ref.id);
  return textUses(ref)
    .filter((use) => use.key !== "common.retry" && use.path[0] !== "retry")
    .filter((use) => use.as === "text" || part("\n") !== "")
    .flatMap(({ key }) =>
      LANGS.map((lang) => ({ name: key, lang, text: part(bundle.texts[lang].get(key) ?? ""), spot })),
    );
}

function tipTexts(bundle: Bundle): readonly Shown[] {
  return bundle.tips.flatMap(({ topic, tips }) =>
    tips.flatMap((tip, i) =>
      LANGS.map((lang) => ({
        name: `topic:${topic} ${tip.id}`,
        lang,
        text: firstLine(tip.text[lang]),
        spot: bundle.locate(`topic:${topic}`, ["tips", i]),
      })),
    ),
  );
}

/** Suggested messages; a series of tips has none of its own. */
function planTexts(bundle: Bundle): readonly Shown[] {
  return contentTexts(bundle)
    .filter(({ thing, path }) => thing === "plan" && path[2] === "send")
    .map(({ path, lang, text }) => ({
      name: `plan ${path.join(".")}`,
      lang,
      text: firstLine(text),
      spot: bundle.locate("plan", path),
    }));
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
