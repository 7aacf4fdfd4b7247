import type { Form } from "../draft/form.ts";
import type { CampaignPart, Lang, ListName, Localized, Need } from "./ids.ts";
import type { Part, ServiceCard, TextRef } from "./screen.ts";

/** What the safety screen heard in a free text. It never carries the text. */
export interface Heard {
  readonly need: Need;
  readonly urgent: boolean;
  readonly whom: "self" | "other" | "perpetrator";
  readonly child: boolean;
}

export type PlaceAnswer =
  | { readonly kind: "found"; readonly code: string; readonly name: Localized }
  | { readonly kind: "ambiguous"; readonly candidates: readonly { readonly code: string; readonly name: Localized }[] }
  | { readonly kind: "none" };

export interface QuestionView {
  readonly id: string;
  readonly text: Localized;
  /** The right answer first. */
  readonly answers: readonly Localized[];
  readonly why: Localized;
  readonly source: string;
  readonly help: boolean;
}

/**
 * Everything a turn may know beside the flow, the session and the input. All of it is handed in, so that the
 * same call gives the same result. Lookups answer `undefined` for an id that does not exist (any more).
 */
export interface World {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The network the person writes on; flows read it as `here.channel`. */
  readonly channel: string;
  /** Keyed digest of words, at most 32 characters: the same for the same person and words, and never turned back. */
  digest(words: string): string;
  /** In [0, 1). */
  random(): number;
  /** A text in one language; used only to compare typed words with labels. */
  text(ref: TextRef, lang: Lang): string;
  /** The safety screen; null: nothing heard. */
  screen(text: string): Heard | null;
  readonly places: {
    /** `among`: the codes a name before could mean, which a province narrows. */
    resolve(text: string, among?: readonly string[]): PlaceAnswer;
    nearest(latitude: number, longitude: number): PlaceAnswer;
    name(code: string): Localized | undefined;
  };
  services(query: {
    readonly need: Need;
    readonly place: string | undefined;
    readonly urgent: boolean;
    readonly child: boolean;
    readonly lang: Lang;
  }): readonly ServiceCard[];
  /** `of`: only the entries of this group. */
  list(name: ListName, of?: string): readonly { readonly id: string; readonly label: Localized }[];
  /** A letter that can be drafted. */
  form(id: string): Form | undefined;
  quiz(id: string): { readonly title: Localized; readonly questions: readonly QuestionView[] } | undefined;
  tip(
    pick: "today" | "random" | number,
    topic: string | undefined,
  ): { readonly text: Localized; readonly source: string } | undefined;
  statement(id: string): Part | undefined;
  /** A section of a guide; it names the authorities of `place` where that is known. */
  guide(id: string, section: string, place?: string): Part | undefined;
  /** `open`: the part depends on a theme that nobody has filled in. `campaign` is an id or `current`. */
  campaign(campaign: string, part: CampaignPart, place: string | undefined): readonly Part[] | "open";
  /** True when a responder of this service is on duty and reads what people write. */
  responder(service: string): boolean;
}
