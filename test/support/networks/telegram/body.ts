import type { IncomingMessage } from "node:http";
import { badRequest } from "./api-error.ts";
import { type Form, parseMultipart, type Upload } from "./multipart.ts";

/** The parameters of a call. */
export interface CallBody {
  readonly fields: Record<string, unknown>;
  readonly files: ReadonlyMap<string, Upload>;
  /** Values came as text, as forms and addresses give them. */
  readonly textual: boolean;
}

const NO_FILES: ReadonlyMap<string, Upload> = new Map();

/** Everything the client sent. Rejects when the connection breaks before. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.once("end", () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)));
    request.once("error", reject);
    request.once("close", () => reject(new Error("cut")));
  });
}

/** The parameters from the address and the body, as Telegram takes them. Throws `ApiError` for what cannot be read. */
export function parseBody(bytes: Buffer, contentType: string, query: string): CallBody {
  const inAddress = Object.fromEntries(new URLSearchParams(query));
  if (bytes.length === 0) return { fields: inAddress, files: NO_FILES, textual: true };
  if (contentType.startsWith("application/json")) return parseJson(bytes, inAddress);
  if (contentType.startsWith("multipart/form-data")) return fromForm(parseForm(bytes, contentType), inAddress);
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    const fields = Object.fromEntries(new URLSearchParams(bytes.toString("utf8")));
    return { fields: { ...inAddress, ...fields }, files: NO_FILES, textual: true };
  }
  throw badRequest("unsupported content type");
}

function parseJson(bytes: Buffer, inAddress: Record<string, unknown>): CallBody {
  const parsed = tryJson(bytes.toString("utf8"));
  if (!isRecord(parsed)) throw badRequest("can't parse JSON body");
  return { fields: { ...inAddress, ...parsed }, files: NO_FILES, textual: false };
}

function parseForm(bytes: Buffer, contentType: string): Form {
  try {
    return parseMultipart(bytes, contentType);
  } catch {
    throw badRequest("can't parse multipart body");
  }
}

/** A file under the parameter's own name is the short form of `attach://`. */
function fromForm(form: Form, inAddress: Record<string, unknown>): CallBody {
  const fields: Record<string, unknown> = { ...inAddress, ...form.fields };
  const attached = Object.values(fields).join(" ");
  for (const key of form.files.keys()) if (!attached.includes(`attach://${key}`)) fields[key] ??= `attach://${key}`;
  return { fields, files: form.files, textual: true };
}

/** The value, or undefined when it is not JSON. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
