import { limitsOf } from "../channels/limits.ts";
import type { ChannelLimits } from "../channels/port.ts";
import { hasPhrase } from "../flow/checks/words.ts";
import { LANGS, type Lang } from "../flow/ids.ts";
import { type Content, SENT_CHANNELS, type Segment } from "./broadcast.ts";
import { type Composed, type ComposeSources, composeWhole, lookUp, type Shown } from "./compose.ts";
import type { Cut, Preview } from "./preview.ts";

export interface PreviewSources extends ComposeSources {
  /** Words that no first line may have: `content/wording/lock-screen.yaml`. */
  readonly lockScreen: Readonly<Record<Lang, readonly string[]>>;
}

/** A broadcast as every channel of its segment would show it on that day (`YYYY-MM-DD` in Viet Nam), in both languages. */
export function previewsOf(
  content: Content,
  segment: Segment,
  day: string,
  sources: PreviewSources,
): readonly Preview[] {
  const shown = lookUp({ content, topic: segment.topic, day }, sources);
  const channels = segment.channels.length === 0 ? SENT_CHANNELS : segment.channels;
  return channels.flatMap((channel) => LANGS.map((lang) => previewOf(shown, lang, limitsOf(channel), sources)));
}

const NOTHING: Shown = { words: [], footer: { vi: "", en: "" }, media: undefined, choices: [] };

function previewOf(shown: Shown | null, lang: Lang, limits: ChannelLimits, sources: PreviewSources): Preview {
  const { channel, textLength: most } = limits;
  const { message, offers } = composeWhole(shown ?? NOTHING, lang, limits, sources);
  const cuts =
    shown === null ? ["nothing-to-show" as const] : cutsOf(shown, { message, offers }, lang, limits, sources);
  return { channel, lang, message, cuts, length: message.text.length, most };
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
    ["text-too-long", message.text.length > limits.textLength],
    ["label-cut", choices.kind === "buttons" && offers.some(({ label }) => label.length > choices.labelLength)],
    ["topic-first", sources.lockScreen[lang].some((word) => hasPhrase(firstLine, word))],
    ["numbers", choices.kind === "numbers" && offers.length > 0],
    ["no-voice", shown.media?.kind === "voice" && message.media === undefined],
    ["no-picture", shown.media?.kind === "image" && message.media === undefined],
  ];
  return all.filter(([, holds]) => holds).map(([cut]) => cut);
}
