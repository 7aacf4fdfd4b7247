import { FORMATS } from "../draft/draft.ts";
import type { Lang } from "../flow/ids.ts";
import { choiceToken } from "../flow/input.ts";
import type { Part, Screen, ServiceCard, TextRef } from "../flow/screen.ts";
import type { Say } from "../language/texts.ts";
import type { ChannelLimits, OutChoice, OutMessage } from "./port.ts";
import { splitText } from "./split-text.ts";

interface Bubble {
  readonly text: string;
  readonly calls: OutMessage["calls"];
  readonly links: OutMessage["links"];
  readonly media?: NonNullable<OutMessage["media"]>;
  readonly files?: NonNullable<OutMessage["files"]>;
  readonly held?: string;
}

/**
 * Fits a screen to what a channel can do: buttons or numbered text, one bubble per part or as few messages as
 * possible, long texts split at paragraphs. At least one message comes out of every screen that shows anything.
 */
export function render(screen: Screen, lang: Lang, limits: ChannelLimits, say: Say): OutMessage[] {
  const text = (ref: TextRef) => say(ref, lang);
  const choices = screen.choices.map(({ id, label }) => ({
    id,
    label: shorten(text(label), limits),
    token: choiceToken(screen.flow, screen.node, id),
  }));
  const numbered = limits.choices.kind === "numbers" || choices.length > limits.choices.max;
  const tail = [numbered ? numberedLines(choices, text) : "", exitsLine(screen, limits, text)].filter(Boolean);
  const parts = screen.parts.map((part) => bubble(part, lang, limits, text));
  const bubbles = limits.choices.kind === "numbers" ? joined(parts, tail) : separate(parts, tail);
  const messages = bubbles.flatMap((b) => fitWithin(b, limits.textLength));
  const all = messages.length === 0 ? [{ text: "", calls: [], links: [] }] : messages;
  return all.map((b, index) => {
    const last = index === all.length - 1;
    return {
      ...b,
      choices: last ? choices : [],
      exits: last ? screen.exits : [],
      expects: last ? screen.expects : "nothing",
      clear: index === 0 && screen.clear,
    };
  });
}

function shorten(label: string, limits: ChannelLimits): string {
  if (limits.choices.kind === "numbers" || label.length <= limits.choices.labelLength) return label;
  return `${label.slice(0, limits.choices.labelLength - 1)}…`;
}

function numberedLines(choices: readonly OutChoice[], text: (ref: TextRef) => string): string {
  if (choices.length === 0) return "";
  const lines = choices.map((choice, index) => `${index + 1}. ${choice.label}`);
  return [...lines, text({ key: "engine.number_hint" })].join("\n");
}

function exitsLine(screen: Screen, limits: ChannelLimits, text: (ref: TextRef) => string): string {
  return screen.exits.length === 0 || limits.standingExits ? "" : text({ key: "engine.exits_line" });
}

function bubble(part: Part, lang: Lang, limits: ChannelLimits, text: (ref: TextRef) => string): Bubble {
  switch (part.kind) {
    case "text":
      return { text: text(part.text), calls: [], links: [] };
    case "fact": {
      const source =
        part.sources.length === 0 ? "" : text({ key: "engine.source", params: { source: part.sources.join("; ") } });
      return { text: [text(part.text), source].filter(Boolean).join("\n\n"), calls: [], links: [] };
    }
    case "service":
      return serviceBubble(part.service, limits, text, foreignTo(part.service, lang));
    case "media":
      return limits.media
        ? { text: text(part.alt), calls: [], links: [], media: { kind: part.media, file: part.file } }
        : { text: text(part.alt), calls: [], links: [] };
    case "private":
      return { text: text(part.gone), calls: [], links: [], ...(part.held !== undefined && { held: part.held }) };
    case "draft":
      return {
        text: text(limits.files ? part.ready : part.plain),
        calls: [],
        links: [],
        ...(part.held !== undefined && { files: filesOf(part.held, text) }),
      };
    case "link":
      return limits.choices.kind === "buttons"
        ? { text: text(part.text), calls: [], links: [{ label: hostOf(part.url), url: part.url }] }
        : { text: `${text(part.text)}\n${part.url}`, calls: [], links: [] };
  }
}

/** Names that tell nothing in a list of downloads. */
function filesOf(id: string, text: (ref: TextRef) => string): NonNullable<OutMessage["files"]> {
  return FORMATS.map((format) => {
    return { id, name: `don.${format}`, label: text({ key: `engine.file_${format}` }) };
  });
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, "");
}

function phoneLine(phone: ServiceCard["phones"][number], text: (ref: TextRef) => string): string {
  const cost = text({ key: `engine.cost_${phone.cost}` });
  const open =
    phone.opens === undefined
      ? text({ key: `engine.open_${phone.open}` })
      : text({ key: "engine.closed_until", params: { time: phone.opens } });
  const hours = phone.hours === undefined ? "" : text(phone.hours);
  return [phone.number, cost, open, hours].filter(Boolean).join(" · ");
}

/** Key of what to say when nobody there speaks the reader's language. */
function foreignTo({ languages }: ServiceCard, lang: Lang): string | undefined {
  if (languages === undefined || languages.includes(lang)) return undefined;
  return languages.includes("vi") ? "engine.speaks_vi" : "engine.speaks_other";
}

function serviceBubble(
  service: ServiceCard,
  limits: ChannelLimits,
  text: (ref: TextRef) => string,
  foreign: string | undefined,
): Bubble {
  const buttons = limits.choices.kind === "buttons";
  const { address, lapsed = false, unchecked } = service;
  const lines = [
    text(service.name),
    ...service.phones.map((phone) => phoneLine(phone, text)),
    address === undefined ? "" : text({ key: "engine.address", params: { address } }),
    service.note === null ? "" : text(service.note),
    service.recorded ? text({ key: "engine.recorded" }) : "",
    foreign === undefined ? "" : text({ key: foreign }),
    lapsed ? text({ key: "engine.lapsed" }) : unchecked ? text({ key: "engine.unchecked" }) : "",
    service.url !== null && !buttons ? service.url : "",
  ];
  const calls = limits.tapToCall
    ? service.phones.map(({ number, tel }) => ({ label: text({ key: "engine.call", params: { number } }), tel }))
    : [];
  const links = service.url !== null && buttons ? [{ label: hostOf(service.url), url: service.url }] : [];
  return { text: lines.filter(Boolean).join("\n"), calls, links };
}

/** Whether a bubble is more than its words: others cannot be joined to it. */
function standsAlone({ media, files, held }: Bubble): boolean {
  return media !== undefined || files !== undefined || held !== undefined;
}

/** One bubble per part; the tail goes to the last. */
function separate(parts: readonly Bubble[], tail: readonly string[]): Bubble[] {
  if (tail.length === 0) return [...parts];
  const last = parts.at(-1);
  if (last === undefined || last.held !== undefined) {
    return [...parts, { text: tail.join("\n\n"), calls: [], links: [] }];
  }
  return [...parts.slice(0, -1), { ...last, text: [last.text, ...tail].filter(Boolean).join("\n\n") }];
}

/** As few messages as possible: everything in one text, but a picture stands alone with its words. */
function joined(parts: readonly Bubble[], tail: readonly string[]): Bubble[] {
  const bubbles: Bubble[] = [];
  let texts: string[] = [];
  const close = () => {
    if (texts.length > 0) bubbles.push({ text: texts.join("\n\n"), calls: [], links: [] });
    texts = [];
  };
  for (const part of parts) {
    if (!standsAlone(part)) texts.push(part.text);
    else {
      close();
      bubbles.push(part);
    }
  }
  texts.push(...tail);
  close();
  return bubbles;
}

function fitWithin(whole: Bubble, max: number): Bubble[] {
  const pieces = splitText(whole.text, max);
  if (pieces.length <= 1) return [whole];
  return pieces.map((text, index) =>
    index === pieces.length - 1 ? { ...whole, text } : { text, calls: [], links: [] },
  );
}
