import axios from "axios";

/** How long any network may take to answer. */
export const PROBE_MS = 5_000;
/** Far more than any answer we ask for. */
const BODY_MAX = 1_000_000;

/** Why nothing was answered; `code` is the system's own name for it. */
export interface NoAnswer {
  readonly kind: "dns" | "certificate" | "timeout" | "refused";
  readonly code: string;
}

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** Parsed; undefined when it is no JSON. */
  readonly body: unknown;
  /** Names in small letters. */
  header(name: string): string | undefined;
  /** Halfway between asking and the answer, in milliseconds since 1970. */
  readonly at: number;
}

export interface Question {
  readonly method?: "GET" | "POST" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks once, follows no redirect, and never rejects: the address may carry a token, which an error would show. */
export async function probe(url: string, { method = "GET", headers = {} }: Question = {}): Promise<Answer | NoAnswer> {
  const asked = Date.now();
  try {
    const response = await axios.request<unknown>({
      ...{ url, method, headers, timeout: PROBE_MS, signal: AbortSignal.timeout(PROBE_MS) },
      ...(method === "POST" && { data: {} }),
      responseType: "text",
      maxRedirects: 0,
      maxContentLength: BODY_MAX,
      validateStatus: () => true,
    });
    const at = (asked + Date.now()) / 2;
    const lines = new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    const header = (name: string) => lines.get(name);
    return { kind: "answer", status: response.status, body: jsonOf(response.data), header, at };
  } catch (error) {
    const code = axios.isAxiosError(error) && error.code !== undefined ? error.code : "unknown";
    return { kind: reasonOf(code), code };
  }
}

const DNS = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA"]);
const TIMEOUT = new Set(["ECONNABORTED", "ETIMEDOUT", "ERR_CANCELED"]);
/** OpenSSL's and Node's names for a certificate that cannot be trusted. */
const CERTIFICATE = /CERT|_TLS_|_SSL_|UNABLE_TO_|EPROTO/;

function reasonOf(code: string): NoAnswer["kind"] {
  if (DNS.has(code)) return "dns";
  if (TIMEOUT.has(code)) return "timeout";
  return CERTIFICATE.test(code) ? "certificate" : "refused";
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
