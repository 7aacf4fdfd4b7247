import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ServerPart } from "../../server/part.ts";
import type { MonthQueries } from "./month.ts";

export interface EventPartDeps {
  readonly month: Pick<MonthQueries, "publicEvent">;
  /** Where citizens reach this server. */
  readonly publicUrl?: string;
}

/** Seconds for which a copy may be shown: a cancelled event should soon be seen to be so. */
const FRESH_SECONDS = 300;
const Params = z.object({ id: z.string() });

/** `GET /events/<id>.ics`: a released event for everybody's calendar. What is not released does not exist. */
export function createEventPart({ month, publicUrl }: EventPartDeps): ServerPart {
  const host = hostOf(publicUrl);
  return {
    async open(app: FastifyInstance) {
      app.get("/events/:id(^[a-z0-9-]+$).ics", async (request, reply) => {
        const event = await month.publicEvent(Params.parse(request.params).id);
        if (event === null) return reply.callNotFound();
        const { eventIcs, ICS_TYPE } = await import("./ics.ts");
        return reply
          .type(ICS_TYPE)
          .headers({
            "cache-control": `public, max-age=${FRESH_SECONDS}`,
            "content-disposition": 'attachment; filename="lich.ics"',
            "x-robots-tag": "noindex",
          })
          .send(eventIcs(event, host));
      });
    },
    stop: () => undefined,
  };
}

/** Tells the events of one installation from those of another. */
export function hostOf(publicUrl: string | undefined): string {
  return publicUrl === undefined ? "an-tam.invalid" : new URL(publicUrl).host;
}
