import { ok } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";

export interface FuzzFigures {
  readonly requests: number;
  /** How many answers had each HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/** Requests on their way at the same time. */
const AT_ONCE = 16;
/** Requests that count as one visitor's, so that no limit hides what is behind it. */
const PER_ADDRESS = 200;

/**
 * Sends requests of every shape to a running server: sound ones with wild contents, half-sound ones, and plain
 * rubbish. Throws with the request when an answer is a failure of the server, or is not JSON where the API promises it.
 */
export async function fuzz(address: string, requests: number, seed: number): Promise<FuzzFigures> {
  const started = performance.now();
  const statuses: Record<string, number> = {};
  const all = fc.sample(anyRequest(), { numRuns: requests, seed }).entries();
  const worker = async (): Promise<void> => {
    for (const [index, request] of all) {
      const status = await answerTo(address, request, index);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const healthy = await fetch(`${address}/healthz`);
  ok(healthy.ok, "the server is not well any more");
  return { requests, statuses, milliseconds: performance.now() - started };
}

interface AnyRequest {
  readonly method: "POST" | "GET" | "DELETE" | "PUT" | "OPTIONS" | "HEAD";
  readonly path: string;
  readonly type: string;
  readonly token: string;
  readonly body: string;
}

async function answerTo(address: string, request: AnyRequest, index: number): Promise<number> {
  const { method, path, type, token, body } = request;
  const visitor = Math.floor(index / PER_ADDRESS);
  const response = await fetch(`${address}${path}`, {
    method,
    headers: {
      "content-type": type,
      authorization: `Bearer ${token}`,
      "x-forwarded-for": `10.0.${visitor >> 8}.${visitor & 255}`,
    },
    signal: AbortSignal.timeout(30_000),
    ...(method !== "GET" && method !== "HEAD" && { body }),
  });
  const answer = await response.text();
  ok(response.status < 500, `${response.status} for ${JSON.stringify(request)}: ${answer}`);
  if (path === "/api/chat" && method === "POST") JSON.parse(answer);
  return response.status;
}

const TOKENS = Array.from({ length: 40 }, () => randomBytes(16).toString("base64url"));

function anyRequest(): fc.Arbitrary<AnyRequest> {
  const chat = fc.record({
    method: fc.constant("POST" as const),
    path: fc.constant("/api/chat"),
    type: fc.constant("application/json"),
    token: fc.constantFrom(...TOKENS),
    body: fc.oneof(soundBody(), soundBody(), halfSoundBody(), fc.json(), fc.string({ unit: "binary" })),
  });
  const anything = fc.record({
    method: fc.constantFrom("POST", "GET", "DELETE", "PUT", "OPTIONS", "HEAD"),
    path: paths(),
    type: fc.constantFrom(
      "application/json",
      "text/plain",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
      "x",
    ),
    token: fc.oneof(fc.constantFrom(...TOKENS), fc.stringMatching(/^[!-~]{0,60}$/)),
    body: fc.oneof(fc.json(), fc.string({ unit: "binary" }), soundBody()),
  });
  return fc.oneof({ weight: 6, arbitrary: chat }, { weight: 1, arbitrary: anything });
}

/** Never a poll that would wait for messages: it names a number below all. */
function paths(): fc.Arbitrary<string> {
  const query = fc.webQueryParameters().map((text) => `/?${text}`);
  return fc.oneof(
    fc.constantFrom("/", "/api/config", "/api/chat/forget", "/api/chat?after=x", "/api/chat?after=-1", "/healthz"),
    fc.constantFrom(
      "/media/",
      "/media/..%2f..%2fpackage.json",
      "/%2e%2e/package.json",
      "/widget/chat.js",
      "/api/nothing",
    ),
    fc.webPath().map((path) => (path.startsWith("/") && !path.startsWith("//") ? path : "/x")),
    query,
  );
}

const wildText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
  fc.constantFrom("giúp", "/xoa", "chồng tôi đánh tôi", "\u0000", "x".repeat(4_000), "Hà Nội", "1", "/start"),
);

const wildInput = fc.oneof(
  fc.record({ kind: fc.constant("text"), text: wildText }),
  fc.record({ kind: fc.constant("choice"), token: fc.oneof(wildText, fc.constantFrom("::menu", "::help", "a:b:c")) }),
  fc.record({
    kind: fc.constant("location"),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
  fc.record({ kind: fc.constant("start"), payload: fc.stringMatching(/^[a-z][a-z0-9]{0,30}$/) }),
);

function soundBody(): fc.Arbitrary<string> {
  return fc
    .record({ id: fc.uuid(), lang: fc.constantFrom("vi", "en"), input: wildInput, after: fc.nat(50) })
    .map((body) => JSON.stringify(body));
}

/** One part of a sound request is missing, too much, or anything at all. */
function halfSoundBody(): fc.Arbitrary<string> {
  return fc
    .record(
      {
        id: fc.oneof(fc.uuid(), fc.anything()),
        lang: fc.oneof(fc.constant("vi"), fc.anything()),
        input: fc.oneof(wildInput, fc.anything()),
        after: fc.oneof(fc.nat(), fc.anything()),
        more: fc.anything(),
      },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)));
}
