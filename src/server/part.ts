import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Pages or an API that live on the server. */
export interface ServerPart {
  /** Adds its routes. Called once, before the server listens. */
  open(app: FastifyInstance): Promise<void>;
  /** Ends what only waits, such as open polls, so that requests in progress can finish. */
  stop(): void;
}

/** How the server answers when no route can. */
export interface Problems {
  notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply;
  failed(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply;
}
