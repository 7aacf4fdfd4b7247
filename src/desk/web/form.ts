import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { FormBody, Upload } from "./route.ts";

/** Bytes of an ordinary form. */
export const FORM_MAX = 32 * 1024;
/** A form with a file is 6 MB at most; 4,096 letters with tone marks take 12 KB. */
const FILE_LIMITS = {
  files: 1,
  fileSize: 5 * 1024 * 1024,
  fields: 80,
  fieldSize: 12_800,
  fieldNameSize: 100,
  parts: 81,
} as const;

/** A field was longer than any of ours. */
export class FieldTooLong extends Error {
  override readonly name = "FieldTooLong";
  readonly statusCode = 413;
}

const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** The fields of a urlencoded form; nothing for any other body. */
export function fieldsOf(body: unknown): FormBody {
  return Fields.safeParse(body).data ?? {};
}

/** Reads a form with files. Rejects with an error of status 413 when it is too large. */
export async function readParts(request: FastifyRequest): Promise<FormBody> {
  const form = new Map<string, string | string[] | Upload>();
  for await (const part of request.parts({ limits: FILE_LIMITS })) {
    if (part.type === "file") {
      const bytes = await part.toBuffer();
      if (bytes.length > 0) form.set(part.fieldname, { name: part.filename, type: part.mimetype, bytes });
    } else if (part.valueTruncated) throw new FieldTooLong("a field is too long");
    else add(form, part.fieldname, typeof part.value === "string" ? part.value : "");
  }
  return Object.fromEntries(form);
}

function add(form: Map<string, string | string[] | Upload>, name: string, value: string): void {
  const known = form.get(name);
  if (typeof known === "string") form.set(name, [known, value]);
  else if (Array.isArray(known)) known.push(value);
  else form.set(name, value);
}

/** Names of fields that are never shown again. */
const SECRET = /^_csrf$|password|code|secret|token/;

/** What somebody typed in longer fields, for a page that could not take it: to be copied. */
export function typedIn(form: FormBody): readonly string[] {
  return Object.entries(form)
    .filter(([name]) => !SECRET.test(name))
    .flatMap(([, value]) => (typeof value === "string" ? [value] : Array.isArray(value) ? value.map(String) : []))
    .filter((text) => /\s/.test(text.trim()));
}
