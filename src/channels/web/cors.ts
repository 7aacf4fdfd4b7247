import type { FastifyReply, FastifyRequest } from "fastify";

/** Lets pages of the permitted origins read an answer. Never with credentials: the token is a header of our own. */
export function permitOrigin(origins: readonly string[] | "any", request: FastifyRequest, reply: FastifyReply): void {
  reply.header("access-control-expose-headers", "retry-after");
  const origin = request.headers.origin;
  if (origins === "any") reply.header("access-control-allow-origin", "*");
  else {
    reply.header("vary", "origin");
    if (origin !== undefined && origins.includes(origin)) reply.header("access-control-allow-origin", origin);
  }
}

/** Answers a browser that asks before it sends a request across origins. */
export function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .header("access-control-allow-methods", "GET, POST, DELETE")
    .header("access-control-allow-headers", "authorization, content-type")
    .header("access-control-max-age", "600")
    .code(204)
    .send();
}
