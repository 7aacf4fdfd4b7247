/** A file as it came in a form. */
export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Form {
  readonly fields: Record<string, unknown>;
  readonly files: Map<string, Upload>;
}

const HEAD_END = Buffer.from("\r\n\r\n");

/** Reads multipart/form-data (RFC 7578). Throws when the boundary or a part's name is missing. */
export function parseMultipart(body: Buffer, contentType: string): Form {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (boundary === null) throw new Error("no boundary");
  const form: Form = { fields: {}, files: new Map() };
  for (const part of partsOf(body, Buffer.from(`--${boundary[1] ?? boundary[2] ?? ""}`))) addPart(form, part);
  return form;
}

function* partsOf(body: Buffer, mark: Buffer): Generator<Buffer> {
  let from = body.indexOf(mark);
  while (from >= 0) {
    const start = from + mark.length + 2;
    const next = body.indexOf(mark, start);
    if (next < 0) return;
    yield body.subarray(start, next - 2);
    from = next;
  }
}

function addPart(form: Form, part: Buffer): void {
  const headEnd = part.indexOf(HEAD_END);
  const head = part.subarray(0, headEnd).toString("utf8");
  const name = /[;\s]name=(?:"([^"]*)"|([^;\r\n]*))/i.exec(head);
  if (headEnd < 0 || name === null) throw new Error("a part without a name");
  const key = name[1] ?? name[2] ?? "";
  const content = part.subarray(headEnd + HEAD_END.length);
  const file = /filename=(?:"([^"]*)"|([^;\r\n]*))/i.exec(head);
  if (file === null) form.fields[key] = content.toString("utf8");
  else form.files.set(key, { name: file[1] ?? file[2] ?? "", bytes: Buffer.from(content) });
}
