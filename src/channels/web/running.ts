import type { FastifyInstance } from "fastify";

/** Counts the requests in progress, so that closing can let them finish. */
export function trackRunning(app: FastifyInstance): { settled(ms: number): Promise<void> } {
  let running = 0;
  let onIdle = () => {};
  app.addHook("onRequest", async (_request, reply) => {
    running++;
    reply.raw.once("close", () => {
      running--;
      if (running === 0) onIdle();
    });
  });
  return {
    /** Resolves when no request is in progress, or after `ms` milliseconds. */
    settled: (ms) =>
      new Promise((resolve) => {
        if (running === 0) return resolve();
        onIdle = resolve;
        setTimeout(resolve, ms).unref();
      }),
  };
}
