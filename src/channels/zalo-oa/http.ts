import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance, type AxiosRequestConfig } from "axios";
import { axiosFailure } from "../axios-failure.ts";
import { ChannelError } from "../channel-error.ts";
import { parseExactly } from "../exact-json.ts";

/** What came back, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Parsed with ids kept digit by digit; undefined for what is no JSON. */
  readonly body: unknown;
  /** Milliseconds of `Retry-After`, where there is one in seconds. */
  readonly retryAfterMs: number | undefined;
}

/** Rejects with `ChannelError` unavailable or uncertain, never with anything that holds an address, a token or words. */
export type Http = (request: AxiosRequestConfig) => Promise<HttpAnswer>;

const ANSWER_MAX_BYTES = 1024 * 1024;

/** Requests to one host; follows no redirect. */
export function createHttp(root: string, timeoutMs: number): Http {
  const client = axios.create({
    baseURL: root,
    timeout: timeoutMs,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: ANSWER_MAX_BYTES,
    responseType: "text",
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  });
  return (request) => ask(client, request);
}

/** The failure of an answer that is not the network's JSON. */
export function failureOfStatus({ status, retryAfterMs }: HttpAnswer): ChannelError {
  const detail = `HTTP ${status}`;
  if (status < 400) return new ChannelError("uncertain", detail);
  if (status === 401) return new ChannelError("unauthorised", detail);
  if (status === 413) return new ChannelError("refused", detail);
  if (status === 429) return new ChannelError("rate-limited", detail, retryAfterMs);
  return new ChannelError("busy", detail);
}

async function ask(client: AxiosInstance, request: AxiosRequestConfig): Promise<HttpAnswer> {
  try {
    const { status, data, headers } = await client.request<unknown>(request);
    const body = typeof data === "string" ? parseExactly(data) : undefined;
    return { status, body, retryAfterMs: secondsOf(headers["retry-after"]) };
  } catch (error) {
    throw axiosFailure(error);
  }
}

function secondsOf(header: unknown): number | undefined {
  return typeof header === "string" && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
}
