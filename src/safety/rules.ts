import type { Span } from "./phrases.ts";
import { type Signal, signal } from "./signal.ts";
import type { Rule, Signals } from "./signals.ts";

/** A rule with its ideas as numbers; a `near` rule becomes one per order. */
export interface LinkedRule {
  readonly rule: Rule;
  /** The same wherever in the file the rule stands. */
  readonly signal: Signal;
  /** Place in the file: lower is more important. */
  readonly rank: number;
  readonly slots: readonly number[];
  readonly unless: readonly number[];
  readonly gap: number;
}

/** The idea of a message that talks about a quiz, a film, a lesson; silences rules that are not `sure`. */
const ABOUT = "about";

function orders(slots: readonly string[]): (readonly string[])[] {
  if (slots.length <= 1) return [slots];
  return slots.flatMap((slot, index) => orders(slots.toSpliced(index, 1)).map((rest) => [slot, ...rest]));
}

function nameOf({ need, hear, near, urgent, whom, child }: Rule): string {
  const ideas = hear?.join(" > ") ?? near?.join(" + ") ?? "";
  const facts = [need, urgent && "urgent", whom, child && "child"].filter((fact) => fact !== undefined);
  return `${ideas} = ${facts.join(", ")}`;
}

/** Numbers for ideas and for slots that several ideas can fill. */
export class IdeaIndex {
  readonly #slots = new Map<string, number>();

  /** The number of a slot such as `partner|kin`. */
  number(slot: string): number {
    const known = this.#slots.get(slot);
    if (known !== undefined) return known;
    this.#slots.set(slot, this.#slots.size);
    return this.#slots.size - 1;
  }

  /** The slots that each idea fills. */
  filled(): ReadonlyMap<string, readonly number[]> {
    const slots = new Map<string, number[]>();
    for (const [name, number] of this.#slots) {
      for (const idea of name.split("|")) slots.set(idea, [...(slots.get(idea) ?? []), number]);
    }
    return slots;
  }

  /** The slots by their numbers. */
  names(): readonly string[] {
    return [...this.#slots.keys()];
  }
}

/** Rules by the slot they begin with, so that a message pays only for what it contains. */
export function linkRules(signals: Signals, index: IdeaIndex): ReadonlyMap<number, readonly LinkedRule[]> {
  const byFirst = new Map<number, LinkedRule[]>();
  for (const [rank, rule] of signals.rules.entries()) {
    const silencers = rule.sure === true ? rule.unless : [...rule.unless, ABOUT];
    for (const order of rule.hear === undefined ? orders(rule.near ?? []) : [rule.hear]) {
      const slots = order.map((slot) => index.number(slot));
      const unless = silencers.map((idea) => index.number(idea));
      const [first = 0] = slots;
      const linked = { rule, signal: signal(nameOf(rule)), rank, slots, unless, gap: rule.gap ?? signals.gap };
      byFirst.set(first, [...(byFirst.get(first) ?? []), linked]);
    }
  }
  return byFirst;
}

/** Of `spans`, those that begin at most `gap` words after the end of one of `before`. */
function follow(before: readonly Span[], spans: readonly Span[], gap: number): Span[] {
  const ends = before.map((span) => span.end).sort((a, b) => a - b);
  let passed = 0;
  return spans.filter((span) => {
    while (passed < ends.length && (ends[passed] ?? 0) <= span.start) passed++;
    const nearest = ends[passed - 1];
    return nearest !== undefined && span.start - nearest <= gap;
  });
}

/** True when the ideas of the rule stand in the message as it wants. `found` holds spans by slot, in order. */
export function ruleHolds(linked: LinkedRule, found: readonly (readonly Span[] | undefined)[]): boolean {
  for (const slot of linked.slots) if (found[slot] === undefined) return false;
  for (const slot of linked.unless) if (found[slot] !== undefined) return false;
  let reached: readonly Span[] | undefined;
  for (const slot of linked.slots) {
    const spans = found[slot];
    if (spans === undefined) return false;
    reached = reached === undefined ? spans : follow(reached, spans, linked.gap);
    if (reached.length === 0) return false;
  }
  return true;
}
