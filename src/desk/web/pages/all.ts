import type { Localized } from "../../../flow/ids.ts";
import type { DeskMedia } from "../../media.ts";
import type { Route } from "../route.ts";
import { accountRoutes } from "./account.ts";
import { auditRoutes } from "./audit.ts";
import { authorityRoutes } from "./authority.ts";
import { broadcastRoutes } from "./broadcasts/routes.ts";
import { directoryRoutes } from "./directory.ts";
import { monthRoutes } from "./month/routes.ts";
import { staffRoutes } from "./staff.ts";
import { todayRoutes } from "./today.ts";

export interface PageParts {
  readonly media: DeskMedia;
  /** When a person of the team reads; null until somebody said so. */
  hours(): Localized | null;
}

/** Every page behind the sign-in. */
export function deskRoutes({ media, hours }: PageParts): readonly Route[] {
  return [
    ...todayRoutes,
    ...monthRoutes(),
    ...broadcastRoutes({ media }),
    ...directoryRoutes(),
    ...staffRoutes,
    ...authorityRoutes(hours),
    ...auditRoutes,
    ...accountRoutes,
  ];
}
