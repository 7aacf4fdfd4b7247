export interface OutChoice {
  readonly id: string;
  readonly label: string;
  readonly token: string;
}

/** One message as a channel delivers it: rendered, in one language, within the channel's limits. */
export interface OutMessage {
  readonly text: string;
  readonly choices: readonly OutChoice[];
  readonly exits: readonly ("menu" | "help")[];
  readonly calls: readonly { readonly label: string; readonly tel: string }[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly media?: { readonly kind: "image" | "voice"; readonly file: string };
  /** Drafts to fetch by `id` while memory holds them. */
  readonly files?: readonly { readonly id: string; readonly name: string; readonly label: string }[];
  /** Memory holds words that take the place of `text` when the message is delivered. */
  readonly held?: string;
  /** What to say in the place of `files` when memory no longer holds them. */
  readonly gone?: string;
  readonly expects: "choice" | "text" | "number" | "place" | "nothing";
  readonly clear: boolean;
  /** Only a question, of a flow whose questions give way to what follows: what a press leads to may replace it. */
  readonly passing?: true;
  /** Of a conversation about help: sent without a sound and, unless it is `copyable`, not to be forwarded. */
  readonly discreet?: true;
  /** Names services or carries a file: people have to be able to copy, forward and save it. */
  readonly copyable?: true;
  /** The network's name for the message to replace. */
  readonly replaces?: string;
  /** With `clear`: the network's names for what both sides wrote, oldest first. */
  readonly erases?: readonly string[];
}

/** An `OutMessage` with its number in the conversation: 1, 2, 3 … without gaps for each citizen. */
export interface NumberedMessage extends OutMessage {
  readonly seq: number;
}
