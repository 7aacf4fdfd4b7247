import { randomUUID } from "node:crypto";
import type { Shown } from "../network.ts";
import { badRequest } from "./api-error.ts";
import { isPublicUrl } from "./keyboard-rules.ts";
import type { Call } from "./methods/method.ts";
import type { Upload } from "./multipart.ts";

const MEGABYTE = 1_048_576;
export type FileKind = "photo" | "voice" | "document";

/** A file of a message: its name for later, and what the screen shows. */
export interface SentFile {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly shown: Pick<Shown, "picture" | "file">;
}

/** Takes an upload, an earlier file's id or a public address. Rejects as Telegram does. */
export function takeFile(kind: FileKind, value: string, call: Call): SentFile {
  if (/^https?:\/\//i.test(value)) return fromAddress(kind, value);
  const uploaded = value.startsWith("attach://") ? call.files.get(value.slice("attach://".length)) : undefined;
  const file = uploaded ?? call.world.files.get(value);
  if (file === undefined) throw badRequest("wrong file identifier/HTTP URL specified");
  checkContent(kind, file);
  const fileId = uploaded === undefined ? value : `AgACAgUAAx-${randomUUID()}`;
  if (uploaded !== undefined) call.world.files.set(fileId, uploaded);
  const shown = kind === "photo" ? { picture: { bytes: file.bytes } } : { file };
  return { fileId, name: file.name, size: file.bytes.length, shown };
}

function fromAddress(kind: FileKind, url: string): SentFile {
  if (!isPublicUrl(url)) throw badRequest("wrong HTTP URL specified");
  const name = new URL(url).pathname.split("/").at(-1) ?? "";
  const shown = kind === "photo" ? { picture: { url } } : { file: { name, bytes: Buffer.alloc(0) } };
  return { fileId: `AgACAgUAAx-${randomUUID()}`, name, size: 0, shown };
}

function checkContent(kind: FileKind, { bytes }: Upload): void {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  const most = kind === "photo" ? 10 : 50;
  if (bytes.length > most * MEGABYTE) throw badRequest(`file is too big: more than ${most} MB`);
  if (kind === "photo" && !isPicture(bytes)) throw badRequest("IMAGE_PROCESS_FAILED");
}

/** The first bytes of JPEG, PNG, GIF and (after its length) WebP, as hexadecimal digits. */
const PICTURES = /^(?:ffd8ff|89504e470d0a1a0a|47494638|52494646.{8}57454250)/;

function isPicture(bytes: Buffer): boolean {
  return PICTURES.test(bytes.subarray(0, 12).toString("hex"));
}
