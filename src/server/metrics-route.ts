import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import type { Metrics } from "./metrics.ts";
import { isForwarded, isLoopback } from "./peer.ts";

/**
 * `/metrics` for programs of this machine that no proxy speaks for, and for whoever has the token. For everybody else
 * the address does not exist.
 */
export function metricsRoute(app: FastifyInstance, metrics: Metrics, token: string | undefined): void {
  const permits = (request: IncomingMessage): boolean =>
    token !== undefined && isSame(request.headers.authorization ?? "", `Bearer ${token}`);
  app.get("/metrics", async (request, reply) => {
    if (!isLocal(request.raw) && !permits(request.raw)) return reply.callNotFound();
    return reply
      .type(metrics.contentType)
      .header("cache-control", "no-store")
      .send(await metrics.text());
  });
}

function isLocal({ socket, headers }: IncomingMessage): boolean {
  return isLoopback(socket.remoteAddress) && !isForwarded(headers);
}

/** Takes as long whatever the difference is. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
