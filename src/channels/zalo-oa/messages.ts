import type { OutChoice } from "../message.ts";
import type { Outgoing } from "../port.ts";
import { splitText } from "../split-text.ts";

/** The body of one consultation message, beside its recipient. */
export interface CsMessage {
  readonly text?: string;
  readonly attachment?: Attachment;
}

type Attachment =
  | { readonly type: "file"; readonly payload: { readonly token: string } }
  | { readonly type: "template"; readonly payload: { readonly buttons: readonly Button[] } }
  | { readonly type: "template"; readonly payload: { readonly template_type: "media"; readonly elements: Image[] } };

interface Button {
  readonly title: string;
  readonly type: "oa.query.hide";
  readonly payload: string;
}

type Image = { readonly media_type: "image" } & ({ readonly attachment_id: string } | { readonly url: string });

/** UTF-16 units; the network refuses more with -210. */
const TEXT_MAX = 2_000;
const BUTTONS_MAX = 5;
const TITLE_MAX = 100;

/** All words of a message in texts that the network takes; links stand below, unless the words name them. */
export function textsOf({ text, links }: Pick<Outgoing, "text" | "links">): readonly string[] {
  const missing = links.filter(({ url }) => !text.includes(url)).map(({ label, url }) => `${label}: ${url}`);
  return plainTexts([text, missing.join("\n")].filter(Boolean).join("\n\n"));
}

/** A text in composed form, cut at its seams where it is too long; none for an empty one. */
export function plainTexts(text: string): readonly string[] {
  return splitText(text.normalize("NFC"), TEXT_MAX);
}

/** Buttons for the choices, whose numbers stand in the text as well; undefined when they are none or too many. */
export function buttonsOf(choices: readonly OutChoice[]): Attachment | undefined {
  if (choices.length === 0 || choices.length > BUTTONS_MAX) return undefined;
  const buttons = choices.map(({ label, token }) => ({
    title: shortTitle(label.normalize("NFC")),
    type: "oa.query.hide" as const,
    payload: token,
  }));
  return { type: "template", payload: { buttons } };
}

export function imageOf(image: { readonly attachment_id: string } | { readonly url: string }): Attachment {
  return { type: "template", payload: { template_type: "media", elements: [{ media_type: "image", ...image }] } };
}

function shortTitle(label: string): string {
  if (label.length <= TITLE_MAX) return label;
  const [start = ""] = splitText(label, TITLE_MAX - 1);
  return `${start}…`;
}
