import type { OutMessage } from "../channels/message.ts";
import type { ChannelLimits } from "../channels/port.ts";
import { render } from "../channels/render.ts";
import type { Lang, Localized, Topic } from "../flow/ids.ts";
import { choiceToken, linkToken } from "../flow/input.ts";
import type { Screen, ScreenChoice, TextRef } from "../flow/screen.ts";
import type { Offer } from "../flow/session.ts";
import type { Say } from "../language/texts.ts";
import type { Content, Media, Way } from "./broadcast.ts";
import { plays } from "./media.ts";

/** What a broadcast is made from, beside its own words. */
export interface ComposeSources {
  /** The tip of a day, `YYYY-MM-DD` in Viet Nam; undefined when there is none of this topic. */
  tip(day: string, topic: string | undefined): { readonly text: Localized; readonly source: string } | undefined;
  /** A quiz, or without an id the one of the day; undefined when there is none. */
  quiz(day: string, id: string | undefined): { readonly id: string; readonly title: Localized } | undefined;
  /** Whether a link with this payload leads anywhere. */
  leads(payload: string): boolean;
  readonly say: Say;
  /** Whether networks can fetch files from this server. */
  readonly publicFiles: boolean;
}

/** A broadcast before it is composed; `day` is the one it is sent on, in Viet Nam. */
interface Uncomposed {
  readonly content: Content;
  readonly day: string;
}

/** Exactly one message, and its choices as a conversation remembers them. */
export interface Composed {
  readonly message: OutMessage;
  readonly offers: readonly Offer[];
}

/**
 * The message for one language on one channel, for somebody who can stop it by stopping `topic`; null when it cannot be
 * shown there or leads nowhere.
 */
export type Compose = (lang: Lang, limits: ChannelLimits, topic: Topic) => Composed | null;

/** What tips and quizzes are today is looked up once, here. */
export function composeBroadcast(uncomposed: Uncomposed, sources: ComposeSources): Compose {
  const body = lookUp(uncomposed, sources);
  return (lang, limits, topic) => {
    const composed = body === null ? null : composeWhole(withFooter(body, topic), lang, limits, sources);
    return composed === null || composed.message.text.length > limits.textLength ? null : composed;
  };
}

/** Words, choices and a file, whatever the channel and whoever reads them. */
interface Body {
  readonly words: readonly TextRef[];
  readonly media: Media | undefined;
  readonly choices: readonly ScreenChoice[];
}

/** All that one person is shown. */
export interface Shown extends Body {
  /** How to stop these messages; what is said of a file stands before it. */
  readonly footer: TextRef;
}

export function withFooter(body: Body, topic: Topic): Shown {
  return { ...body, footer: { key: `broadcast.footer_${topic}` } };
}

/** Null when a tip, quiz or link is not there any more. */
export function lookUp({ content, day }: Uncomposed, sources: ComposeSources): Body | null {
  switch (content.kind) {
    case "message": {
      const { text, media, ways } = content;
      const known = ways.every((way) => isKnown(way, day, sources));
      return known ? { words: [text], media, choices: ways.map(choiceOf) } : null;
    }
    case "tip": {
      const tip = sources.tip(day, content.topic);
      const more = { id: "more", label: { key: "broadcast.more_tips" }, token: choiceToken("tips", "choose", "next") };
      return tip === undefined ? null : { words: tipWords(tip), media: undefined, choices: [more] };
    }
    case "quiz": {
      const quiz = sources.quiz(day, content.quiz);
      if (quiz === undefined) return null;
      const title: TextRef = { key: "broadcast.quiz", params: { title: quiz.title } };
      const play = { id: quiz.id, label: { key: "broadcast.play" }, token: quizToken(quiz.id) };
      return { words: [content.intro, title], media: undefined, choices: [play] };
    }
  }
}

function tipWords({ text, source }: { readonly text: Localized; readonly source: string }): TextRef[] {
  return [{ key: "broadcast.tip" }, text, { key: "engine.source", params: { source } }];
}

function isKnown(way: Way, day: string, sources: ComposeSources): boolean {
  return "quiz" in way ? sources.quiz(day, way.quiz) !== undefined : sources.leads(way.payload);
}

function choiceOf(way: Way): ScreenChoice {
  return "quiz" in way
    ? { id: way.quiz, label: way.label, token: quizToken(way.quiz) }
    : { id: way.payload, label: way.label, token: linkToken(way.payload) };
}

function quizToken(quiz: string): string {
  return choiceToken("quizzes", "choose", quiz);
}

/** One message however long it is; what it says of a file stands in it as words too, for whoever cannot see or hear it. */
export function composeWhole(shown: Shown, lang: Lang, limits: ChannelLimits, sources: ComposeSources): Composed {
  const { words, footer, media, choices } = shown;
  const { say, publicFiles } = sources;
  const file = media !== undefined && plays(media, limits, publicFiles) ? media : undefined;
  const told = media === undefined ? [] : [describe(media, file !== undefined)];
  const said = [...words, ...told, footer].map((ref) => say(ref, lang).trim()).filter(Boolean);
  const text = said.join("\n\n");
  const whole = { ...limits, textLength: Number.MAX_SAFE_INTEGER };
  const [message] = render(screenOf({ vi: text, en: text }, choices), lang, whole, say);
  if (message === undefined) throw new TypeError("every screen renders to a message");
  return {
    message: file === undefined ? message : { ...message, media: { kind: file.kind, file: file.file } },
    offers: choices.map(({ id, label, token = "" }) => ({ id, label: say(label, lang), token })),
  };
}

function describe({ kind, alt }: Media, shown: boolean): TextRef {
  return shown ? { key: `broadcast.in_${kind}`, params: { alt } } : alt;
}

function screenOf(text: Localized, choices: readonly ScreenChoice[]): Screen {
  return {
    flow: "",
    node: "",
    parts: [{ kind: "text", text }],
    choices,
    exits: ["menu", "help"],
    expects: choices.length === 0 ? "nothing" : "choice",
    clear: false,
    passing: false,
    discreet: false,
  };
}
