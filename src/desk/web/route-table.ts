import { RIGHTS, ROLES, type Role } from "../access.ts";
import type { Actions } from "../action.ts";
import { DOORS } from "./doors.ts";
import { type Needs, needsOf } from "./guard.ts";
import type { Route } from "./route.ts";

export interface RouteRow {
  readonly method: "GET" | "POST";
  /** From the root, such as `/desk/broadcasts/:id`. */
  readonly path: string;
  readonly needs: Needs;
  /** Who is let through; a place may still keep them from the thing itself. */
  readonly roles: readonly Role[];
}

/** Every route of the desk with the roles that may use it, in the order in which they are registered. */
export function routeTable(routes: readonly Route[], actions: Actions): readonly RouteRow[] {
  const pages = routes.map((route) => ({ method: route.method, path: route.path, needs: needsOf(route, actions) }));
  return [...DOORS, ...pages].map(({ method, path, needs }) => ({
    method,
    path: path === "/" ? "/desk" : `/desk${path}`,
    needs,
    roles: needs === "nobody" || needs === "half" ? ROLES : RIGHTS[needs],
  }));
}
