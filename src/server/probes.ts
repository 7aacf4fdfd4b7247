import type { FastifyInstance } from "fastify";

/**
 * What must work before this process can serve, by name: the store, and each network that is on. A part answers
 * whether it does; a rejection or no answer in time counts as no.
 */
export type ReadyParts = Readonly<Record<string, () => boolean | Promise<boolean>>>;

/** A part that has not answered by then is not ready; milliseconds. */
const ANSWER_MS = 1_000;

/** `/healthz`: the process lives. `/readyz`: it can serve; 503 while a part cannot, and once it is stopping. */
export function probeRoutes(app: FastifyInstance, parts: ReadyParts, isStopping: () => boolean): void {
  app.get("/healthz", async (_request, reply) => reply.header("cache-control", "no-store").send({ ok: true }));
  app.get("/readyz", async (_request, reply) => {
    const answers = await Promise.all(
      Object.entries(parts).map(async ([name, ask]) => [name, await isReady(ask)] as const),
    );
    const ok = !isStopping() && answers.every(([, ready]) => ready);
    return reply
      .code(ok ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ok, parts: Object.fromEntries(answers) });
  });
}

async function isReady(ask: () => boolean | Promise<boolean>): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ANSWER_MS);
  try {
    return await Promise.race([ask(), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
