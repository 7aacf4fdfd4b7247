import type { Heard } from "../flow/world.ts";
import { PhraseTree, type Span } from "./phrases.ts";
import { IdeaIndex, type LinkedRule, linkRules, ruleHolds } from "./rules.ts";
import type { Rule, Signals } from "./signals.ts";
import { fromTelex } from "./telex.ts";
import { readShortForms, readWords, type Words, wordNumber } from "./words.ts";

/** A text with fewer words with tone marks than this share is read as typed without marks. */
const LOOSE_BELOW = 0.35;
/** Two English words, or one in a text this short, make a text English. */
const SHORT_TEXT = 5;
const HARMLESS = -1;

export type SafetyScreen = (text: string) => Heard | null;

/**
 * The safety screen: what a free text tells about needing help, null for nothing. Pure and quick; nothing of the
 * text is in the answer or kept. It never throws, whatever the text. The phrases are made ready with the first text.
 */
export function createScreen(signals: Signals): SafetyScreen {
  let ready: SafetyScreen | undefined;
  return (text) => {
    ready ??= prepare(signals);
    return ready(text);
  };
}

function prepare(signals: Signals): SafetyScreen {
  const index = new IdeaIndex();
  const rules = linkRules(signals, index);
  const tree = new PhraseTree();
  for (const [idea, phrases] of Object.entries(signals.ideas)) {
    const slots = index.filledBy(idea);
    for (const phrase of phrases) tree.add(phrase, slots);
  }
  for (const phrase of signals.harmless) tree.add(phrase, [HARMLESS]);
  const reading = { forms: readShortForms(signals.short), english: new Set(signals.english.map(wordNumber)) };

  return (text) => {
    const written = readWords(fromTelex(text), reading);
    const isEnglish = soundsEnglish(written);
    const words = isEnglish ? readWords(text) : written;
    const found = findIdeas(tree, words, !isEnglish && isLoose(words));
    return found.size === 0 ? null : judge(matching(rules, found), signals);
  };
}

function soundsEnglish({ toned, english, count }: Words): boolean {
  return toned === 0 && (english >= 2 || (english === 1 && count <= SHORT_TEXT));
}

function isLoose(words: Words): boolean {
  let letters = 0;
  let toned = 0;
  for (let i = 0; i < words.count; i++) {
    if (words.number[i] !== -1) continue;
    letters++;
    if (words.tone[i] !== 0) toned++;
  }
  return toned < letters * LOOSE_BELOW;
}

/** Spans by slot. A phrase inside a longer everyday phrase, or that begins within one as long, is left out. */
function findIdeas(tree: PhraseTree, words: Words, loose: boolean): Map<number, Span[]> {
  const all: { span: Span; owners: readonly number[] }[] = [];
  const harmless: Span[] = [];
  tree.find(words, loose, (span, owners) => {
    if (owners.includes(HARMLESS)) harmless.push(span);
    all.push({ span, owners });
  });
  const covered = cover(harmless, words.count);
  const found = new Map<number, Span[]>();
  for (const { span, owners } of all) {
    if (span.to - span.from <= (covered?.[span.from] ?? 0)) continue;
    for (const owner of owners) {
      if (owner === HARMLESS) continue;
      const spans = found.get(owner);
      if (spans === undefined) found.set(owner, [span]);
      else spans.push(span);
    }
  }
  return found;
}

/** For each word, how long a phrase that begins there is covered by an everyday phrase; null when there is none. */
function cover(harmless: readonly Span[], words: number): Uint16Array | null {
  if (harmless.length === 0) return null;
  const covered = new Uint16Array(words);
  for (const { from, to } of harmless) {
    for (let at = from; at < to; at++) {
      covered[at] = Math.max(covered[at] ?? 0, at === from ? to - from - 1 : to - from);
    }
  }
  return covered;
}

/** All rules that hold, the most important first. */
function matching(
  rules: ReadonlyMap<number, readonly LinkedRule[]>,
  found: ReadonlyMap<number, readonly Span[]>,
): readonly LinkedRule[] {
  const bySlot: (readonly Span[] | undefined)[] = [];
  for (const [slot, spans] of found) bySlot[slot] = spans;
  const held: LinkedRule[] = [];
  for (const slot of found.keys()) {
    for (const linked of rules.get(slot) ?? []) if (ruleHolds(linked, bySlot)) held.push(linked);
  }
  return held.sort((a, b) => a.rank - b.rank);
}

function judge(held: readonly LinkedRule[], signals: Signals): Heard | null {
  const rules: readonly Rule[] = held.map((linked) => linked.rule);
  const need = rules.find((rule) => rule.need !== undefined)?.need;
  if (need === undefined) return null;
  const child = rules.some((rule) => rule.child === true);
  const whom = rules.find((rule) => rule.whom !== undefined)?.whom ?? "self";
  return {
    need: (child ? signals.for_children[need] : undefined) ?? need,
    urgent: rules.some((rule) => rule.urgent === true && (whom !== "perpetrator" || rule.whom === undefined)),
    whom,
    child,
  };
}
