import { stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import { mediaPath } from "../media-path.ts";
import type { Outgoing, PushDeps } from "../port.ts";

/** A picture or recording at an address that stays: the network and the person's app both fetch it. */
export interface PublicMedia {
  readonly kind: "image" | "voice";
  readonly url: string;
}

/** Null without a public address, for a file that is not there, and for a recording that the network cannot play. */
export async function publicMedia(
  media: Outgoing["media"],
  { publicUrl, mediaFolder }: Pick<PushDeps, "publicUrl" | "mediaFolder">,
): Promise<PublicMedia | null> {
  if (media === undefined || publicUrl === undefined) return null;
  if (media.kind === "voice" && !media.file.endsWith(".aac")) return null;
  const file = mediaPath(mediaFolder, media.file);
  const found = file === null ? null : await stat(file).catch(() => null);
  if (file === null || found === null || !found.isFile()) return null;
  const path = relative(mediaFolder, file).split(sep).map(encodeURIComponent).join("/");
  return { kind: media.kind, url: `${publicUrl}/media/${path}` };
}
