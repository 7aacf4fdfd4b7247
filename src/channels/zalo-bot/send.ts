import { ChannelError } from "../channel-error.ts";
import type { Outgoing, PushChannel, PushDeps } from "../port.ts";
import { splitText } from "../split-text.ts";
import type { AllowanceWatch } from "./allowance-watch.ts";
import type { Method, ZaloBotClient } from "./client.ts";
import { Exhaustion } from "./exhaustion.ts";
import { publicMedia } from "./media.ts";
import { OnceIn } from "./once.ts";

interface Parts {
  readonly deps: PushDeps;
  readonly client: ZaloBotClient;
  readonly allowance: Pick<AllowanceWatch, "sent">;
  readonly textLength: number;
}

/**
 * Sends a message: its text, or a picture with the text below, or the text and then a recording. Without a public
 * address, and when the network refuses the file, the text alone. The network's names of messages are not given back:
 * it can neither change nor delete one.
 */
export function createSender(parts: Parts): PushChannel["send"] {
  const call = createCall(parts);
  return async (address, message, signal) => {
    const post = (method: Method, params: Record<string, string>) =>
      call(method, params, { address, urgent: message.discreet === true, signal });
    const texts = textsOf(message, parts.textLength);
    const media = await publicMedia(message.media, parts.deps);
    const [first = ""] = texts;
    const shown = media?.kind === "image" && (await posted(post("sendPhoto", { photo: media.url, ...caption(first) })));
    for (const text of shown ? texts.slice(1) : texts) await post("sendMessage", { text });
    if (media?.kind === "voice") await spoken(post("sendVoice", { voice_url: media.url }), texts.length > 0);
    return { messageIds: [] };
  };
}

const REFUSED_TOKEN_EVERY_MS = 3_600_000;

type Post = (
  method: Method,
  params: Readonly<Record<string, string>>,
  to: { readonly address: string; readonly urgent: boolean; readonly signal: AbortSignal },
) => Promise<void>;

/**
 * Counts what goes out and draws the operator's attention to what only an operator can mend. While the allowance counts
 * as spent, only messages about help are still tried, and another one now and then.
 */
function createCall({ deps, client, allowance }: Parts): Post {
  const exhaustion = new Exhaustion();
  const refusedToken = new OnceIn(REFUSED_TOKEN_EVERY_MS, 1);
  const tell = (code: string) => deps.report({ channel: "zalo-bot", level: "error", code });
  let toldSpent = false;

  function judged(error: unknown, address: string): unknown {
    if (!(error instanceof ChannelError)) return error;
    if (error.failure === "unauthorised" && refusedToken.first("", deps.now())) tell("token-refused");
    if (error.failure !== "rate-limited" || !exhaustion.refused(address, deps.now())) return error;
    if (!toldSpent) tell("allowance-spent");
    toldSpent = true;
    return new ChannelError("quota-spent", error.detail);
  }

  return async (method, params, { address, urgent, signal }) => {
    if (!urgent && exhaustion.holdsBack(address, deps.now())) throw new ChannelError("quota-spent", "held-back");
    try {
      await client.call(method, { params: { chat_id: address, ...params }, signal });
    } catch (error) {
      throw judged(error, address);
    }
    exhaustion.took();
    toldSpent = false;
    allowance.sent();
  };
}

/** The text with the links it does not hold yet; usually one piece. */
function textsOf({ text, links }: Outgoing, textLength: number): string[] {
  const lines = links.filter(({ url }) => !text.includes(url)).map(({ label, url }) => `${label}: ${url}`);
  return splitText([text, ...lines].filter(Boolean).join("\n").normalize("NFC"), textLength);
}

function caption(text: string): { readonly caption?: string } {
  return text === "" ? {} : { caption: text };
}

/** False when the network will not have it, so that the text goes alone. */
async function posted(photo: Promise<void>): Promise<boolean> {
  try {
    await photo;
    return true;
  } catch (error) {
    if (error instanceof ChannelError && error.failure === "refused") return false;
    throw error;
  }
}

/** A recording says what the text says: once that is there, the recording must not bring it a second time. */
async function spoken(voice: Promise<void>, isWritten: boolean): Promise<void> {
  try {
    await voice;
  } catch (error) {
    if (!isWritten) throw error;
  }
}
