import { pictureKind } from "../shared/fetch-file.ts";
import { freshToken } from "../shared/ids.ts";
import type { Upload } from "../shared/params.ts";
import { OaFault } from "./fault.ts";
import type { OaState } from "./state.ts";

export const IMAGE_BYTES = 1_048_576;
const FILE_BYTES = 5 * 1_048_576;
const LIFE_MS = 7 * 86_400_000;
const PER_MONTH = 5_000;

export type UploadKind = "image" | "gif" | "file";

/** Files that the bot uploaded; their ids die after 7 days. */
export interface Uploads {
  /** What the API answers with. */
  put(kind: UploadKind, params: Readonly<Record<string, unknown>> | null): Readonly<Record<string, string>>;
  /** Throws -100 for an id that has died. */
  take(id: string, kinds: readonly UploadKind[]): { readonly name: string; readonly bytes: Buffer };
}

export function createUploads(state: OaState): Uploads {
  const stored = new Map<string, { readonly kind: UploadKind; readonly at: number; readonly file: Upload }>();
  return {
    put: (kind, params) => {
      const file = fileOf(params);
      if (!fits(kind, file)) throw new OaFault(-201, `not a file for upload/${kind}`);
      if (file.bytes.length > (kind === "image" ? IMAGE_BYTES : FILE_BYTES))
        throw new OaFault(-210, "the file is too large");
      if (stored.size >= PER_MONTH) throw new OaFault(-211, "too many uploads this month");
      const id = freshToken();
      stored.set(id, { kind, at: state.now(), file });
      return kind === "file" ? { token: id } : { attachment_id: id };
    },
    take: (id, kinds) => {
      const found = stored.get(id);
      if (found === undefined || !kinds.includes(found.kind)) throw new OaFault(-201, "no such upload");
      if (state.now() - found.at > LIFE_MS) throw new OaFault(-100, "the upload has expired", { blame: false });
      return { name: found.file.name, bytes: found.file.bytes };
    },
  };
}

function fileOf(params: Readonly<Record<string, unknown>> | null): Upload {
  const { file, ...rest } = params ?? {};
  if (!isUpload(file) || Object.keys(rest).length > 0) throw new OaFault(-201, "a form with the one field `file`");
  return file;
}

function isUpload(value: unknown): value is Upload {
  return typeof value === "object" && value !== null && "bytes" in value && Buffer.isBuffer(value.bytes);
}

function fits(kind: UploadKind, { name, bytes }: Upload): boolean {
  const picture = pictureKind(bytes);
  if (kind === "gif") return picture === "gif";
  if (kind === "image") return picture === "jpg" || picture === "png";
  const start = bytes.toString("latin1", 0, 8);
  const extension = name.toLowerCase().split(".").at(-1);
  if (extension === "pdf") return start.startsWith("%PDF");
  if (extension === "docx") return start.startsWith("PK");
  if (extension === "doc") return start.startsWith("\xd0\xcf\x11\xe0");
  return extension === "csv";
}
