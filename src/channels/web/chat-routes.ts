import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { NumberedMessage } from "../message.ts";
import type { WebDeps } from "./deps.ts";
import type { Limits } from "./limits.ts";
import type { LongPolls } from "./long-poll.ts";
import { WebProblem } from "./problem.ts";
import { After, type ChatAnswer, ChatRequest, type PollAnswer, TEXT_MAX, Token } from "./protocol.ts";

/** The conversation over HTTP. Every route but `forget` names the chat by its token in `authorization: Bearer`. */
export function chatRoutes(app: FastifyInstance, deps: WebDeps, limits: Limits, polls: LongPolls): void {
  const holdBack = async (request: FastifyRequest): Promise<void> => {
    const wait = await limits.request(request.ip);
    if (wait > 0) throw new WebProblem("too_many", wait);
  };

  app.post("/api/chat", async (request) => {
    const chat = tokenOf(request);
    const asked = readRequest(request.body);
    const wait = await limits.input(chat, request.ip, asked.input);
    if (wait > 0 && !(await deps.alwaysHeard(asked.input, chat))) throw new WebProblem("too_many", wait);
    return takeInput(deps, chat, asked);
  });

  app.get("/api/chat", { onRequest: holdBack }, async (request, reply): Promise<PollAnswer> => {
    const chat = tokenOf(request);
    const after = readAfter(request.query);
    if (after > 0) await deps.delivered(chat, after);
    return { messages: await polls.wait(chat, after, goneSignal(reply)) };
  });

  app.delete("/api/chat", async (request, reply) => forget(deps, tokenOf(request), reply));

  /** The same for a page that is being left: a plain-text body crosses origins without asking first. */
  app.post("/api/chat/forget", async (request, reply) => {
    const token = Token.safeParse(request.body);
    if (!token.success) throw new WebProblem("bad_request");
    return forget(deps, token.data, reply);
  });
}

/**
 * One input, once. What the browser says it shows is believed only after the turn: a fresh turn whose numbers are not
 * above it, or a repeat with nothing above it, means that the numbering began again.
 */
async function takeInput(deps: WebDeps, chat: string, { id, lang, input, after }: ChatRequest): Promise<ChatAnswer> {
  const receipt = await deps.handle({ channel: "web", chat, id, lang, input });
  const { flow, node, lang: reads, keep, duplicate } = receipt;
  let messages = merge(receipt.messages, await deps.pending(chat, after), after);
  let restarted = false;
  const beganAgain = duplicate ? messages.length === 0 : receipt.messages.some(({ seq }) => seq <= after);
  if (beganAgain) {
    messages = merge(receipt.messages, await deps.pending(chat, 0), 0);
    restarted = messages.length > 0;
  } else if (!duplicate && after > 0) await deps.delivered(chat, after);
  return { messages, flow, node, lang: reads, keep, restarted };
}

function merge(
  fresh: readonly NumberedMessage[],
  waiting: readonly NumberedMessage[],
  after: number,
): readonly NumberedMessage[] {
  const bySeq = new Map([...waiting, ...fresh].map((message) => [message.seq, message]));
  return [...bySeq.values()].filter(({ seq }) => seq > after).sort((a, b) => a.seq - b.seq);
}

async function forget(deps: WebDeps, chat: string, reply: FastifyReply): Promise<FastifyReply> {
  await deps.forget(chat);
  return reply.code(204).send();
}

/** The chat a request is about. Throws `WebProblem` when it names none. */
export function tokenOf(request: FastifyRequest): string {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  const parsed = Token.safeParse(token);
  if (scheme?.toLowerCase() !== "bearer" || !parsed.success) throw new WebProblem("unauthorised");
  return parsed.data;
}

const LongText = z.object({ input: z.object({ text: z.string().min(TEXT_MAX + 1) }) });

function readRequest(body: unknown): ChatRequest {
  const parsed = ChatRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new WebProblem(LongText.safeParse(body).success ? "too_long" : "bad_request");
}

const PollQuery = z.object({ after: After.default(0) });

function readAfter(query: unknown): number {
  const parsed = PollQuery.safeParse(query);
  if (!parsed.success) throw new WebProblem("bad_request");
  return parsed.data.after;
}

/** Aborts when the browser has hung up. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}
