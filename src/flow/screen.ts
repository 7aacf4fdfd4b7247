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
  }[];
  readonly url: string | null;
  readonly note: Localized | null;
  readonly recorded: boolean;
  /** The operator has not called it yet: say so. */
  readonly unchecked: boolean;
}

export type Part =
  | { readonly kind: "text"; readonly text: TextRef }
  | { readonly kind: "fact"; readonly text: Localized; readonly sources: readonly string[] }
  | { readonly kind: "service"; readonly service: ServiceCard }
  | { readonly kind: "media"; readonly media: "image" | "voice"; readonly file: string; readonly alt: TextRef }
  | { readonly kind: "link"; readonly url: string; readonly text: TextRef };

export interface ScreenChoice {
  readonly id: string;
  readonly label: TextRef;
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
}

/** A plain value that a turn asks the outside to do. */
export type Effect =
  | { readonly kind: "send"; readonly screen: Screen }
  | { readonly kind: "count"; readonly count: string; readonly flow: string; readonly node: string }
  | { readonly kind: "referral"; readonly service: string }
  | { readonly kind: "close-referral"; readonly service: string }
  | { readonly kind: "submit"; readonly box: "proposal" | "feedback"; readonly text: string }
  | { readonly kind: "forget" };
