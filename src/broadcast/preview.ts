import type { OutMessage } from "../channels/message.ts";
import type { ChannelName } from "../channels/port.ts";
import type { Lang } from "../flow/ids.ts";

/** Why a channel does not show something as it was written; a text `desk-broadcasts.cut.<name>`. */
export type Cut =
  /** The text is longer than one message of the channel. */
  | "text-too-long"
  /** No buttons there: choices are numbers. */
  | "numbers"
  /** The label is longer than a button. */
  | "label-cut"
  /** The first line names the topic: lock screens would show it. */
  | "topic-first"
  /** No recordings there: the words alone. */
  | "no-voice"
  /** Pictures need a public address there: the words alone. */
  | "no-picture"
  /** There is no such tip, quiz or flow. */
  | "nothing-to-show";

/** One broadcast on one channel in one language. */
export interface Preview {
  readonly channel: ChannelName;
  readonly lang: Lang;
  readonly message: OutMessage;
  readonly cuts: readonly Cut[];
  /** Of the text, in UTF-16 units, and how many the channel takes. */
  readonly length: number;
  readonly most: number;
}

/** Cuts that keep a broadcast from being released. */
export const BLOCKING: readonly Cut[] = ["text-too-long", "label-cut", "topic-first", "nothing-to-show"];
