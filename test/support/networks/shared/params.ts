import type { Call } from "./http-server.ts";

/** A file of a multipart form. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * The parameters of a call from query and body: JSON keeps its types, forms give strings, multipart files `Upload`s.
 * Null when the body is not what its content type says.
 */
export async function paramsOf(call: Call): Promise<Readonly<Record<string, unknown>> | null> {
  const query = Object.fromEntries(call.query);
  if (call.body.length === 0) return query;
  const type = call.headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return merged(query, jsonOf(call.body));
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return merged(query, Object.fromEntries(new URLSearchParams(call.body.toString("utf8"))));
  }
  if (type.startsWith("multipart/form-data")) return merged(query, await multipartOf(call.body, type));
  return null;
}

/** A JSON object; null for anything else. */
export function jsonOf(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function merged(
  query: Record<string, string>,
  body: Readonly<Record<string, unknown>> | null,
): Readonly<Record<string, unknown>> | null {
  return body === null ? null : { ...query, ...body };
}

async function multipartOf(body: Buffer, type: string): Promise<Record<string, string | Upload> | null> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const fields = await Promise.all(
      [...form].map(
        async ([name, value]) => [name, typeof value === "string" ? value : await uploadOf(value)] as const,
      ),
    );
    return Object.fromEntries(fields);
  } catch {
    return null;
  }
}

async function uploadOf(file: File): Promise<Upload> {
  return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}
