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
  const parts = screen.parts.map((part) => bubble(part, limits, text));
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

function bubble(part: Part, limits: ChannelLimits, text: (ref: TextRef) => string): Bubble {
  switch (part.kind) {
    case "text":
      return { text: text(part.text), calls: [], links: [] };
    case "fact": {
      const source =
        part.sources.length === 0 ? "" : text({ key: "engine.source", params: { source: part.sources.join("; ") } });
      return { text: [text(part.text), source].filter(Boolean).join("\n\n"), calls: [], links: [] };
    }
    case "service":
      return serviceBubble(part.service, limits, text);
    case "media":
      return limits.media
        ? { text: text(part.alt), calls: [], links: [], media: { kind: part.media, file: part.file } }
        : { text: text(part.alt), calls: [], links: [] };
    case "link":
      return limits.choices.kind === "buttons"
        ? { text: text(part.text), calls: [], links: [{ label: hostOf(part.url), url: part.url }] }
        : { text: `${text(part.text)}\n${part.url}`, calls: [], links: [] };
  }
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, "");
}

function phoneLine(phone: ServiceCard["phones"][number], text: (ref: TextRef) => string): string {
  const cost = text({ key: `engine.cost_${phone.cost}` });
  const open = text({ key: `engine.open_${phone.open}` });
  const hours = phone.hours === undefined ? "" : text(phone.hours);
  return [phone.number, cost, open, hours].filter(Boolean).join(" · ");
}

function serviceBubble(service: ServiceCard, limits: ChannelLimits, text: (ref: TextRef) => string): Bubble {
  const buttons = limits.choices.kind === "buttons";
  const lines = [
    text(service.name),
    ...service.phones.map((phone) => phoneLine(phone, text)),
    service.note === null ? "" : text(service.note),
    service.recorded ? text({ key: "engine.recorded" }) : "",
    service.unchecked ? text({ key: "engine.unchecked" }) : "",
    service.url !== null && !buttons ? service.url : "",
  ];
  const calls = limits.tapToCall
    ? service.phones.map(({ number, tel }) => ({ label: text({ key: "engine.call", params: { number } }), tel }))
    : [];
  const links = service.url !== null && buttons ? [{ label: hostOf(service.url), url: service.url }] : [];
  return { text: lines.filter(Boolean).join("\n"), calls, links };
}

/** One bubble per part; the tail goes to the last. */
function separate(parts: readonly Bubble[], tail: readonly string[]): Bubble[] {
  if (tail.length === 0) return [...parts];
  const last = parts.at(-1) ?? { text: "", calls: [], links: [] };
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
    if (part.media === undefined) texts.push(part.text);
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
