import type { Refusal, Shown } from "../networks/network.ts";

/** What the page shows for one person now, as it travels to the browser. */
export interface View {
  readonly bot: { readonly status: "running" | "loading" | "stopped"; readonly said: string };
  readonly people: readonly { readonly id: string; readonly name: string; readonly lang: "vi" | "en" }[];
  readonly networks: readonly NetworkView[];
}

export interface NetworkView {
  readonly name: string;
  readonly chat: string;
  readonly messages: readonly MessageView[];
  /** Labels of the keyboard in the place of the letters. */
  readonly keyboard: readonly string[];
  /** The last answer to a press, which the app shows for a moment, and how many there were. */
  readonly answer: { readonly count: number; readonly text: string };
  readonly acts: readonly string[];
  readonly blocked: boolean;
  /** Methods and how often, the commonest first. */
  readonly calls: readonly (readonly [string, number])[];
  readonly refusals: readonly CountedRefusal[];
  readonly waiting: number;
  readonly troubles: Readonly<Record<string, number | boolean>>;
}

export interface MessageView extends Omit<Shown, "picture" | "file"> {
  /** What a message without words is. */
  readonly kind?: string;
  /** Address of the picture. */
  readonly picture?: string;
  readonly file?: { readonly name: string; readonly size: number; readonly address: string };
}

export interface CountedRefusal extends Refusal {
  readonly count: number;
}
