import { type Actor, may, type Right } from "../access.ts";
import type { Route } from "./route.ts";

/** Pages of the menu in its order; the text is `desk.nav.<name>`. */
const MENU = [
  { name: "today", path: "/" },
  { name: "month", path: "/month" },
  { name: "broadcasts", path: "/broadcasts" },
  { name: "events", path: "/events" },
  { name: "campaign", path: "/campaign" },
  { name: "plan", path: "/plan" },
  { name: "directory", path: "/directory" },
  { name: "staff", path: "/staff" },
  { name: "audit", path: "/audit" },
  { name: "authority", path: "/authority" },
  { name: "account", path: "/account" },
] as const;

export interface MenuItem {
  readonly name: string;
  /** From the root. */
  readonly href: string;
}

interface Entry extends MenuItem {
  readonly right: Right;
}

/** The pages of the menu that there are. */
export function menuOf(routes: readonly Route[]): readonly Entry[] {
  return MENU.flatMap(({ name, path }) => {
    const page = routes.find((route) => route.method === "GET" && route.path === path);
    return page === undefined || !("right" in page)
      ? []
      : [{ name, href: path === "/" ? "/desk" : `/desk${path}`, right: page.right }];
  });
}

/** Of these, what somebody may open. */
export function menuFor(menu: readonly Entry[], actor: Actor): readonly MenuItem[] {
  return menu.filter(({ right }) => may(actor, right));
}

/** Whether a path belongs to a page of the menu: itself, or what is below it. */
export function isCurrent({ href }: MenuItem, path: string): boolean {
  return path === href || (href !== "/desk" && path.startsWith(`${href}/`));
}
