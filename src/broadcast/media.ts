import type { ChannelLimits, ChannelName } from "../channels/port.ts";
import type { Media } from "./broadcast.ts";

/** Endings of recordings that each network plays: Telegram's sendVoice, Zalo Bot's sendVoice; Zalo OA has none. */
const RECORDINGS: { readonly [C in ChannelName]: readonly string[] } = {
  terminal: [],
  web: ["mp3", "m4a", "ogg", "aac"],
  telegram: ["mp3", "m4a", "ogg"],
  "zalo-bot": ["aac"],
  "zalo-oa": [],
};

/** Networks that fetch files themselves instead of being handed them. */
const FETCHING: ReadonlySet<ChannelName> = new Set(["zalo-bot"]);

/** Whether a channel shows this picture or plays this recording. `publicFiles`: networks can fetch files from this server. */
export function plays({ kind, file }: Media, { channel, media }: ChannelLimits, publicFiles: boolean): boolean {
  if (!media || (FETCHING.has(channel) && !publicFiles)) return false;
  return kind === "image" || RECORDINGS[channel].includes(file.split(".").at(-1) ?? "");
}
