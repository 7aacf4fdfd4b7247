import { isLocal } from "./postman.ts";

const MAX_BYTES = 10_000_000;

/** A file at a public address; `dead`: it is not there; `unreachable`: nobody answers. */
export type Fetched = { readonly type: string; readonly bytes: Buffer } | "dead" | "unreachable";

/** Fetches as a network does what a bot names by URL. Only addresses on this machine are tried; no redirects. */
export async function fetchFile(url: string): Promise<Fetched> {
  if (!isLocal(url)) return "dead";
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(5_000) });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200 || bytes.length === 0 || bytes.length > MAX_BYTES) return "dead";
    return { type: response.headers.get("content-type") ?? "", bytes };
  } catch {
    return "unreachable";
  }
}

/** What a picture's first bytes say; null for anything but a picture. */
export function pictureKind(bytes: Buffer): "jpg" | "png" | "gif" | null {
  const start = bytes.toString("latin1", 0, 8);
  if (start.startsWith("\xff\xd8\xff")) return "jpg";
  if (start === "\x89PNG\r\n\x1a\n") return "png";
  return start.startsWith("GIF8") ? "gif" : null;
}
