import type { FastifyRequest } from "fastify";
import { type Actor, may, type Right } from "../access.ts";
import type { Actions } from "../action.ts";
import { DeskProblem } from "../problem.ts";
import type { Route } from "./route.ts";
import { isOwnForm } from "./same-site.ts";
import { WebTrouble } from "./trouble.ts";

/** Who may use a route: everybody, whoever has given a password, or staff with a right. */
export type Needs = "nobody" | "half" | Right;

declare module "fastify" {
  interface FastifyContextConfig {
    readonly needs?: Needs;
    /** The form may carry a file. */
    readonly files?: boolean;
  }
}

/** What a route of the pages needs: of a form, the right of its action. Throws for an action that does not exist. */
export function needsOf(route: Route, actions: Actions): Right {
  if ("right" in route) return route.right;
  const action = actions[route.action];
  if (action === undefined) throw new Error(`no action ${route.action} for ${route.path}`);
  return action.right;
}

/**
 * Judges every request in one place, before anything of it is used. Undefined: go on. A path: go there first. Throws
 * `WebTrouble` or `DeskProblem` for what must not be.
 */
export function judge(request: FastifyRequest, publicUrl: string | undefined): string | undefined {
  const { needs = "nobody" } = request.routeOptions.config;
  if (request.method === "POST" && !isOwnForm(request.headers, publicUrl)) throw new WebTrouble("foreign");
  const { session, member, actor } = request.visit;
  if (needs === "nobody" || (needs === "half" && session !== null)) return undefined;
  if (actor !== null) return demand(actor, needs);
  if (request.method === "POST") throw new WebTrouble("signed-out");
  if (member === null) return "/desk/sign-in";
  return member.secondFactor ? "/desk/code" : "/desk/enrol";
}

function demand(actor: Actor, needs: Needs): undefined {
  if (needs !== "nobody" && needs !== "half" && !may(actor, needs)) throw new DeskProblem("forbidden");
}

/** A file may come only where one is expected; everything else is an ordinary form. */
export function demandForm(request: FastifyRequest): void {
  if (request.isMultipart() && request.routeOptions.config.files !== true) throw new WebTrouble("unreadable");
}
