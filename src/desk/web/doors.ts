import type { FastifyInstance } from "fastify";
import type { Door } from "./door.ts";
import { acceptDoors } from "./pages/accept.ts";
import { accountDoors } from "./pages/account-doors.ts";
import { secondFactorDoors } from "./pages/second-factor.ts";
import { signInDoors } from "./pages/sign-in.ts";
import type { Shell } from "./shell.ts";

/** All that leads in and out. */
export const DOORS: readonly Door[] = [...signInDoors, ...acceptDoors, ...secondFactorDoors, ...accountDoors];

export function doorRoutes(scope: FastifyInstance, shell: Shell): void {
  for (const { method, path, needs, handle } of DOORS) {
    scope.route({ method, url: path, config: { needs }, handler: (request, reply) => handle(shell, request, reply) });
  }
}
