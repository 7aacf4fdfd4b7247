import type { Lang } from "../../../src/flow/ids.ts";
import type { TextRef } from "../../../src/flow/screen.ts";
import type { NetworkName } from "../../support/networks/rig.ts";

/** A committed text: its key in `locales/`, the same with values filled in, or one that the content carries. */
export type Words = string | TextRef;

/** What a person types, in either language. */
export type Typed = { readonly vi: string; readonly en: string };

/** What a person does with the phone. */
export type Act =
  | { readonly do: "start"; readonly payload?: string }
  | { readonly do: "type"; readonly text: Typed }
  /** Takes a choice that the screen offers: by its button or number, or by typing it. */
  | { readonly do: "pick"; readonly label: Words }
  /** Presses a choice of the first message that offered it. */
  | { readonly do: "press-old"; readonly label: Words }
  /** Answers the question of a quiz that stands on the screen: which one comes next is left to chance. */
  | { readonly do: "answer"; readonly quiz: string; readonly right: boolean }
  /** Presses the right answer of the first question that was asked. */
  | { readonly do: "answer-old"; readonly quiz: string }
  | { readonly do: "location"; readonly latitude: number; readonly longitude: number }
  | { readonly do: "sticker" | "photo" | "voice" | "unsupported" | "block" | "unblock" };

/** What the screen must show, within everything that came or changed since the person did something. */
export type Sight =
  | { readonly kind: "says"; readonly words: Words }
  | { readonly kind: "says-one-of"; readonly words: readonly Words[] }
  | { readonly kind: "offers"; readonly label: Words }
  /** Name and first number of a service of the directory. */
  | { readonly kind: "names"; readonly service: string }
  | { readonly kind: "hands-over"; readonly file: "docx" | "pdf" };

export interface Step {
  readonly does: Act | readonly Act[];
  /** Never empty: the next step begins once all of it is there. A plain key is a text. */
  readonly sees: readonly (Sight | string)[];
  /** Texts that must not be in the reply. */
  readonly not?: readonly Words[];
  /** Where it is possible, nothing older than the reply is left on the screen. */
  readonly alone?: true;
  /** Networks and language of those who do this; the others leave the step out. */
  readonly on?: readonly NetworkName[];
  readonly lang?: Lang;
}

/** What somebody does from beginning to end. */
export interface Journey {
  readonly name: string;
  readonly steps: readonly Step[];
}

export function type(vi: string, en: string): Act {
  return { do: "type", text: { vi, en } };
}

export function pick(label: Words): Act {
  return { do: "pick", label };
}

export function says(words: Words): Sight {
  return { kind: "says", words };
}

export function saysOneOf(words: readonly Words[]): Sight {
  return { kind: "says-one-of", words };
}

export function offers(label: Words): Sight {
  return { kind: "offers", label };
}

export function names(service: string): Sight {
  return { kind: "names", service };
}
