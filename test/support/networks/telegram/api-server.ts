import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { ApiError, tooMany } from "./api-error.ts";
import { parseBody, readBytes } from "./body.ts";
import { METHODS } from "./methods/all.ts";
import type { RawCall } from "./methods/method.ts";
import type { World } from "./world.ts";

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Messages that the call put on a screen. */
  readonly sent: readonly (number | string)[];
}

interface Target {
  readonly token: string;
  readonly name: string;
  readonly query: string;
}

/** Answers one request as api.telegram.org does, with the faults a test asked for. */
export async function serveApi(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await readBytes(request);
  const { faults } = world;
  if (happens(faults.cutBefore)) return void response.destroy();
  const hidden = happens(faults.cutAfter);
  const answer = await answerTo(world, request, response, bytes);
  if (hidden) for (const id of answer.sent) world.unknowable.add(String(id));
  if (faults.latencyMs > 0) await pause(faults.latencyMs);
  if (hidden) return void response.destroy();
  const text = JSON.stringify(answer.body);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  response.writeHead(answer.status, headers).end(text);
}

/** A call in the answer to a webhook: nobody hears how it went. */
export function takeReply(world: World, body: string): void {
  const { method = "", ...fields } = JSON.parse(body) as Record<string, unknown>;
  const name = String(method);
  const blame = (why: string): void => void world.refusals.push({ method: name, why });
  const call = { fields, files: new Map(), textual: false, world, gone: new AbortController().signal, blame };
  run(name, { ...call, sent: () => undefined }).then(
    () => void world.calls.set(name, (world.calls.get(name) ?? 0) + 1),
    (error: unknown) => void failure(world, name, error),
  );
}

async function answerTo(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
): Promise<Answer> {
  const sent: (number | string)[] = [];
  const target = targetOf(request.url ?? "");
  try {
    if (target === null) throw new ApiError(404, "Not Found", { blame: false });
    if (target.token !== world.token) throw new ApiError(401, "Unauthorized", { blame: false });
    strike(world);
    const body = parseBody(bytes, request.headers["content-type"] ?? "", target.query);
    const gone = goneSignal(response);
    const blame = (why: string): void => void world.refusals.push({ method: target.name, why });
    const result = await run(target.name, { ...body, world, gone, blame, sent: (id) => sent.push(id) });
    world.calls.set(target.name, (world.calls.get(target.name) ?? 0) + 1);
    return { status: 200, body: { ok: true, result }, sent };
  } catch (error) {
    return { ...failure(world, target?.name ?? "", error), sent };
  }
}

/** Faults of the network's own, before anything happened. */
function strike({ faults }: World): void {
  if (happens(faults.failing)) throw new ApiError(500, "Internal Server Error", { blame: false });
  if (happens(faults.tooMany)) throw tooMany(1, false);
}

async function run(name: string, call: RawCall): Promise<unknown> {
  const method = METHODS.get(name.toLowerCase());
  if (method === undefined) throw new ApiError(404, "Not Found: method not found");
  return method(call);
}

function failure(world: World, name: string, error: unknown): Omit<Answer, "sent"> {
  if (!(error instanceof ApiError)) throw error;
  const { code, description, parameters, blame } = error;
  if (blame) world.refusals.push({ method: name, why: `${code} ${description}` });
  const body = { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) };
  return { status: code, body };
}

/** `/bot<token>/<method>`. */
function targetOf(url: string): Target | null {
  const [path = "", query = ""] = url.split("?");
  const found = /^\/bot([^/]+)\/([A-Za-z]+)$/.exec(path);
  return found?.[1] === undefined || found[2] === undefined ? null : { token: found[1], name: found[2], query };
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

function happens(share: number): boolean {
  return share > 0 && Math.random() < share;
}
