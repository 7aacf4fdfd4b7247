import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { FORMATS, type Format } from "../../draft/draft.ts";
import { tokenOf } from "./chat-routes.ts";
import type { WebDeps } from "./deps.ts";
import type { Limits } from "./limits.ts";
import { WebProblem } from "./problem.ts";

/** A name in a list of downloads that tells nothing. */
const NAME = "don";

const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
} as const satisfies Record<Format, string>;

/** The id stands in the path, which the log replaces by the route; without the chat's token it opens nothing. */
const Params = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{24}$/),
  name: z.enum(FORMATS.map((format) => `${NAME}.${format}` as const)),
});

/**
 * Hands a draft over as a file to the chat that made it, as often as it asks while memory holds it; 410 afterwards.
 * Nothing on the way may keep it.
 */
export function draftRoute(app: FastifyInstance, deps: WebDeps, limits: Limits): void {
  app.get("/api/draft/:id/:name", async (request, reply) => {
    const chat = tokenOf(request);
    const asked = Params.safeParse(request.params);
    if (!asked.success) throw new WebProblem("not_found");
    const { id, name } = asked.data;
    const wait = await limits.input(chat, request.ip, { kind: "choice", token: `${id}/${name}` });
    if (wait > 0) throw new WebProblem("too_many", wait);
    const format = name === `${NAME}.pdf` ? "pdf" : "docx";
    const file = await deps.draft(chat, id, format);
    if (file === null) throw new WebProblem("gone");
    return reply
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("x-robots-tag", "noindex")
      .type(TYPES[format])
      .send(file);
  });
}
