import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { z } from "zod";
import { mediaPath } from "../media-path.ts";
import type { Outgoing } from "../port.ts";
import type { Call, Reply } from "./account.ts";
import { DAY_MS } from "./alerts.ts";

/** What became of an upload: a name for the bytes, a refusal, or bytes that were not sent or got no name. */
export type Upload =
  | { readonly kind: "taken"; readonly id: string }
  | { readonly kind: "refused"; readonly reply: Reply }
  | { readonly kind: "unfit" };

export interface Uploads {
  /** A picture of the media folder; a name is used for six days. */
  image(file: string, signal: AbortSignal): Promise<Upload>;
  /** The network says that its name for a picture is dead. */
  forget(file: string): void;
  /** A person's letter: its name is used once and not kept. */
  letter(letter: NonNullable<Outgoing["attachment"]>, signal: AbortSignal): Promise<Upload>;
}

const IMAGE_MAX_BYTES = 1024 * 1024;
const LETTER_MAX_BYTES = 5 * 1024 * 1024;
/** Names die after seven days. */
const KEPT_MS = 6 * DAY_MS;
/** An upload takes longer than a message. */
const TIMEOUT_MS = 60_000;

const IMAGE_TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
};
const LETTER_TYPES: ReadonlySet<string> = new Set([".pdf", ".doc", ".docx"]);

export interface UploadsDeps {
  readonly call: Call;
  readonly mediaFolder: string;
  now(): number;
}

export function createUploads({ call, mediaFolder, now }: UploadsDeps): Uploads {
  const kept = new Map<string, { readonly id: string; readonly until: number }>();
  const upload = async (path: "image" | "file", file: File, signal: AbortSignal): Promise<Upload> => {
    const form = new FormData();
    form.append("file", file);
    const url = `/v2.0/oa/upload/${path}`;
    return uploaded(await call({ method: "POST", url, data: form, timeout: TIMEOUT_MS, signal }));
  };
  return {
    async image(file, signal) {
      const before = kept.get(file);
      if (before !== undefined && now() < before.until) return { kind: "taken", id: before.id };
      const picture = await pictureOf(mediaFolder, file);
      if (picture === null) return { kind: "unfit" };
      const result = await upload("image", picture, signal);
      if (result.kind === "taken") kept.set(file, { id: result.id, until: now() + KEPT_MS });
      return result;
    },
    forget: (file) => void kept.delete(file),
    async letter({ name, type, bytes }, signal) {
      const fits = LETTER_TYPES.has(extname(name).toLowerCase()) && bytes.length <= LETTER_MAX_BYTES;
      return fits ? upload("file", new File([new Uint8Array(bytes)], name, { type }), signal) : { kind: "unfit" };
    },
  };
}

/** Null for what is missing, outside the folder, too large or of another type. */
async function pictureOf(mediaFolder: string, file: string): Promise<File | null> {
  const path = mediaPath(mediaFolder, file);
  const type = IMAGE_TYPES[extname(file).toLowerCase()];
  if (type === undefined || path === null) return null;
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || bytes.length > IMAGE_MAX_BYTES) return null;
  return new File([new Uint8Array(bytes)], `image${extname(file).toLowerCase()}`, { type });
}

const Named = z.object({ attachment_id: z.string().min(1).optional(), token: z.string().min(1).optional() });

function uploaded(reply: Reply): Upload {
  const named = Named.safeParse(reply.data);
  const id = named.data?.attachment_id ?? named.data?.token;
  if (reply.error !== 0) return { kind: "refused", reply };
  return id === undefined ? { kind: "unfit" } : { kind: "taken", id };
}
