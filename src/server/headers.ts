import fastifyHelmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

const YEAR_SECONDS = 31_536_000;

/** What every page and answer of the router carries: a strict policy, no frames, no referrer. */
export async function secureHeaders(app: FastifyInstance, https: boolean): Promise<void> {
  const self = ["'self'"];
  const none = ["'none'"];
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        mediaSrc: self,
        connectSrc: self,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    crossOriginResourcePolicy: { policy: "cross-origin" },
    strictTransportSecurity: https && { maxAge: YEAR_SECONDS, includeSubDomains: false },
    xFrameOptions: { action: "deny" },
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("permissions-policy", "geolocation=(self), camera=(), microphone=()");
  });
}

/** What an empty answer of a webhook needs of that, as name, value, name, value. */
export function webhookHeaders(https: boolean): readonly string[] {
  const always = ["cache-control", "no-store", "x-content-type-options", "nosniff"];
  return https ? [...always, "strict-transport-security", `max-age=${YEAR_SECONDS}`] : always;
}
