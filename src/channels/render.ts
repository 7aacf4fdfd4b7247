import { FORMATS } from "../draft/draft.ts";
import type { Lang } from "../flow/ids.ts";
import { choiceToken, EXIT_TOKENS } from "../flow/input.ts";
import type { Part, Screen, ServiceCard, TextRef } from "../flow/screen.ts";
import type { Say } from "../language/texts.ts";
import type { OutChoice, OutMessage } from "./message.ts";
import type { ChannelLimits } from "./port.ts";
import { splitText } from "./split-text.ts";

interface Bubble {
  readonly text: string;
  readonly calls: OutMessage["calls"];
  readonly links: OutMessage["links"];
  readonly media?: NonNullable<OutMessage["media"]>;
  readonly files?: NonNullable<OutMessage["files"]>;
  readonly held?: string;
  readonly gone?: string;
}

/**
 * Fits a screen to what a channel can do: buttons or numbered text, one bubble per part or as few messages as
 * possible, long texts split at paragraphs. At least one message comes out of every screen that shows anything.
 */
export function render(screen: Screen, lang: Lang, limits: ChannelLimits, say: Say): OutMessage[] {
  const text = (ref: TextRef) => say(ref, lang);
  const choices = choicesOf(screen, limits, text);
  const numbered = limits.choices.kind === "numbers" || choices.length > limits.choices.max;
  const tail = [numbered ? numberedLines(choices, screen.expects, text) : "", exitsLine(screen, limits, text)].filter(
    Boolean,
  );
  const parts = screen.parts.flatMap((part) => bubblesOf(part, lang, limits, text));
  const bubbles = limits.bubbles === "joined" ? joined(parts, tail) : separate(parts, tail);
  const messages = bubbles.flatMap((b) => fitWithin(b, limits.textLength));
  const all = messages.length === 0 ? [{ text: "", calls: [], links: [] }] : messages;
  const manner = mannerOf(screen, limits, all.length);
  return all.map((b, index) => {
    const last = index === all.length - 1;
    return {
      ...b,
      ...manner,
      choices: last ? choices : [],
      exits: last ? screen.exits : [],
      expects: last ? screen.expects : "nothing",
      clear: index === 0 && screen.clear,
    };
  });
}

/** Where there are buttons and no standing exits, these are buttons too, unless they lead to what is shown. */
function choicesOf(screen: Screen, limits: ChannelLimits, text: (ref: TextRef) => string): OutChoice[] {
  const asked = screen.choices.map(({ id, label, token }) => ({
    id,
    label: shorten(text(label), limits),
    token: token ?? choiceToken(screen.flow, screen.node, id),
  }));
  if (!exitsAreButtons(limits)) return asked;
  const elsewhere = screen.exits.filter((exit) => exit !== screen.flow && asked.every(({ id }) => id !== exit));
  const exits = elsewhere.map((exit) => {
    return { id: exit, label: text({ key: `engine.exit_${exit}` }), token: EXIT_TOKENS[exit] };
  });
  return [...asked, ...exits];
}

function exitsAreButtons(limits: ChannelLimits): boolean {
  return limits.choices.kind === "buttons" && !limits.standingExits;
}

/** How a network that is pushed to should send and keep these messages. */
function mannerOf(
  screen: Screen,
  limits: ChannelLimits,
  messages: number,
): Pick<OutMessage, "passing" | "discreet" | "copyable"> {
  if (!limits.pushed) return {};
  const plain = screen.parts.every(({ kind }) => kind === "text");
  const copyable = screen.parts.some(({ kind }) => kind === "service" || kind === "draft");
  const passing = limits.canEdit && screen.passing && plain && messages === 1 && screen.choices.length > 0;
  return {
    ...(passing && { passing }),
    ...(screen.discreet && { discreet: true }),
    ...(copyable && { copyable }),
  };
}

function shorten(label: string, limits: ChannelLimits): string {
  if (limits.choices.kind === "numbers" || label.length <= limits.choices.labelLength) return label;
  return `${label.slice(0, limits.choices.labelLength - 1)}…`;
}

function numberedLines(
  choices: readonly OutChoice[],
  expects: Screen["expects"],
  text: (ref: TextRef) => string,
): string {
  if (choices.length === 0) return "";
  const lines = choices.map((choice, index) => `${index + 1}. ${choice.label}`);
  const words = expects === "text" || expects === "place" || expects === "number";
  const hint = words ? "engine.answer_hint" : "engine.number_hint";
  return [...lines, choices.length === 1 && !words ? "" : text({ key: hint })].filter(Boolean).join("\n");
}

function exitsLine(screen: Screen, limits: ChannelLimits, text: (ref: TextRef) => string): string {
  const shown = screen.exits.length === 0 || limits.standingExits || exitsAreButtons(limits);
  return shown ? "" : text({ key: "engine.exits_line" });
}

/** Where the bot sends files each is a message of its own, and the words about them come after: they carry the question. */
function bubblesOf(part: Part, lang: Lang, limits: ChannelLimits, text: (ref: TextRef) => string): Bubble[] {
  const whole = bubble(part, lang, limits, text);
  if (!limits.pushed || whole.files === undefined) return [whole];
  const { files, gone, ...words } = whole;
  const alone = files.map((file, index): Bubble => {
    return {
      text: file.label,
      calls: [],
      links: [],
      files: [file],
      ...(index === 0 && gone !== undefined && { gone }),
    };
  });
  return [...alone, words];
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
        ...(part.held !== undefined &&
          limits.files && { files: filesOf(part.held, limits.pushed ? "sent" : "file", text), gone: text(part.gone) }),
      };
    case "link":
      return limits.choices.kind === "buttons"
        ? { text: text(part.text), calls: [], links: [{ label: hostOf(part.url), url: part.url }] }
        : { text: `${text(part.text)}\n${part.url}`, calls: [], links: [] };
  }
}

/** Names that tell nothing in a list of downloads. */
function filesOf(id: string, how: "sent" | "file", text: (ref: TextRef) => string): NonNullable<OutMessage["files"]> {
  return FORMATS.map((format) => {
    return { id, name: `don.${format}`, label: text({ key: `engine.${how}_${format}` }) };
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
  let links: Bubble["links"] = [];
  const close = () => {
    if (texts.length > 0) bubbles.push({ text: texts.join("\n\n"), calls: [], links });
    texts = [];
    links = [];
  };
  for (const part of parts) {
    if (!standsAlone(part)) {
      texts.push(part.text);
      links = [...links, ...part.links.filter(({ url }) => links.every((link) => link.url !== url))];
    } else {
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
