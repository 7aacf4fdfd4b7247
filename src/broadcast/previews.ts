import { limitsOf } from "../channels/limits.ts";
import type { ChannelLimits } from "../channels/port.ts";
import { hasPhrase } from "../flow/checks/words.ts";
import { LANGS, type Lang, TOPICS } from "../flow/ids.ts";
import { type Content, SENT_CHANNELS, type Segment } from "./broadcast.ts";
import { type Composed, type ComposeSources, composeWhole, lookUp, type Shown, withFooter } from "./compose.ts";
import type { Cut, Preview } from "./preview.ts";

export interface PreviewSources extends ComposeSources {
  /** Words that no first line may have: `content/wording/lock-screen.yaml`. */
  readonly lockScreen: Readonly<Record<Lang, readonly string[]>>;
}

/**
 * A broadcast as every channel of its segment would show it on that day (`YYYY-MM-DD` in Viet Nam), in both languages, to
 * somebody who subscribed to all its topics.
 */
export function previewsOf(
  content: Content,
  segment: Segment,
  day: string,
  sources: PreviewSources,
): readonly Preview[] {
  const body = lookUp({ content, day }, sources);
  const topics = TOPICS.filter((topic) => segment.topics.includes(topic));
  const shown = body === null ? [] : topics.map((topic) => withFooter(body, topic));
  const channels = segment.channels.length === 0 ? SENT_CHANNELS : segment.channels;
  return channels.flatMap((channel) => LANGS.map((lang) => previewOf(shown, lang, limitsOf(channel), sources)));
}

const NOTHING: Shown = { words: [], footer: { vi: "", en: "" }, media: undefined, choices: [] };

/** `shown`: as whoever stops it by the first topic sees it, then by the next; drawn is the first. */
function previewOf(shown: readonly Shown[], lang: Lang, limits: ChannelLimits, sources: PreviewSources): Preview {
  const { channel, textLength: most } = limits;
  const [first, ...others] = shown;
  const composed = composeWhole(first ?? NOTHING, lang, limits, sources);
  const { message } = composed;
  const look = { channel, lang, message, length: message.text.length, most };
  if (first === undefined) return { ...look, cuts: ["nothing-to-show"] };
  const texts = [message, ...others.map((one) => composeWhole(one, lang, limits, sources).message)];
  const tooLong: readonly Cut[] = texts.some(({ text }) => text.length > most) ? ["text-too-long"] : [];
  return { ...look, cuts: [...tooLong, ...cutsOf(first, composed, lang, limits, sources)] };
}

function cutsOf(
  shown: Shown,
  { message, offers }: Composed,
  lang: Lang,
  limits: ChannelLimits,
  sources: PreviewSources,
): Cut[] {
  const { choices } = limits;
  const [firstLine = ""] = message.text.split("\n");
  const all: readonly (readonly [Cut, boolean])[] = [
    ["label-cut", choices.kind === "buttons" && offers.some(({ label }) => label.length > choices.labelLength)],
    ["topic-first", sources.lockScreen[lang].some((word) => hasPhrase(firstLine, word))],
    ["numbers", choices.kind === "numbers" && offers.length > 0],
    ["no-voice", shown.media?.kind === "voice" && message.media === undefined],
    ["no-picture", shown.media?.kind === "image" && message.media === undefined],
  ];
  return all.filter(([, holds]) => holds).map(([cut]) => cut);
}
