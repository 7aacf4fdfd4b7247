import { stat } from "node:fs/promises";
import { join, normalize } from "node:path";
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
  const inside = normalize(media.file);
  if (inside.startsWith("..") || inside.startsWith("/")) return null;
  const found = await stat(join(mediaFolder, inside)).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const path = inside.split(/[\\/]/).map(encodeURIComponent).join("/");
  return { kind: media.kind, url: `${publicUrl}/media/${path}` };
}
