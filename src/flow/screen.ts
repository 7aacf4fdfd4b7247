import type { Draft } from "../draft/draft.ts";
import type { Localized, Value } from "./ids.ts";

/** A text by key (looked up in `locales/`), or one that content carries in both languages. */
export type TextRef =
  | { readonly key: string; readonly params?: Readonly<Record<string, Value | Localized>> }
  | Localized;

/** A service as a screen shows it. Numbers come from the directory only. */
export interface ServiceCard {
  readonly id: string;
  readonly name: Localized;
  readonly phones: readonly {
    readonly number: string;
    readonly tel: string;
    readonly cost: "free" | "standard" | "charged" | "unknown";
    /** `always`, open or closed now, or not known. */
    readonly open: "always" | "open" | "closed" | "unknown";
    /** Opening hours as people read them; absent for `always` and `unknown`. */
    readonly hours?: Localized;
    /** When it opens next, as people say it; only while it is closed. */
    readonly opens?: Localized;
  }[];
  readonly url: string | null;
  /** Where to go in person. Never that of a shelter. */
  readonly address?: string;
  readonly note: Localized | null;
  readonly recorded: boolean;
  /** The operator has not called it yet: say so. */
  readonly unchecked: boolean;
  /** Nobody has confirmed it for too long: say that instead. */
  readonly lapsed?: boolean;
  /** Codes of the languages spoken there (`vi`, `en` …); absent for a page that nobody speaks on. */
  readonly languages?: readonly string[];
}

export type Part =
  | { readonly kind: "text"; readonly text: TextRef }
  | { readonly kind: "fact"; readonly text: Localized; readonly sources: readonly string[] }
  | { readonly kind: "service"; readonly service: ServiceCard }
  | { readonly kind: "media"; readonly media: "image" | "voice"; readonly file: string; readonly alt: TextRef }
  | { readonly kind: "link"; readonly url: string; readonly text: TextRef }
  /** Words of the person, shown to them. Only memory holds them, under `held`; `gone` is said when it no longer does. */
  | { readonly kind: "private"; readonly words: string; readonly gone: TextRef; readonly held?: string }
  /** A letter to hand over: as files with `ready`, or where there are none as private words below `plain`. */
  | {
      readonly kind: "draft";
      readonly draft: Draft;
      readonly ready: TextRef;
      readonly plain: TextRef;
      readonly gone: TextRef;
      readonly held?: string;
    };

export interface ScreenChoice {
  readonly id: string;
  readonly label: TextRef;
  /** What a press sends, where it does not answer the screen's own question; see `linkToken`. */
  readonly token?: string;
}

/** What one turn shows, before any channel's limits. All parts come first, then the one question. */
export interface Screen {
  readonly flow: string;
  readonly node: string;
  readonly parts: readonly Part[];
  readonly choices: readonly ScreenChoice[];
  /** Standing ways out that a channel shows in its own manner. */
  readonly exits: readonly ("menu" | "help")[];
  /** What a typed answer may be, for the channel's input field. */
  readonly expects: "choice" | "text" | "number" | "place" | "nothing";
  /** Quick exit: remove what the person's screen shows before showing this. */
  readonly clear: boolean;
  /** The flow's questions give way to what follows, where a channel can edit. */
  readonly passing: boolean;
  /** Of a flow that keeps nothing: a conversation about help. */
  readonly discreet: boolean;
}

/** A plain value that a turn asks the outside to do. */
export type Effect =
  | { readonly kind: "send"; readonly screen: Screen }
  /** `place`: a poster's, not the person's. */
  | {
      readonly kind: "count";
      readonly count: string;
      readonly flow: string;
      readonly node: string;
      readonly place?: string;
    }
  | { readonly kind: "referral"; readonly service: string }
  | { readonly kind: "close-referral"; readonly service: string }
  | { readonly kind: "submit"; readonly box: "proposal" | "feedback"; readonly text: string }
  | { readonly kind: "forget" };
