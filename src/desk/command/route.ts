import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ServerPart } from "../../server/part.ts";
import { isForwarded, isLoopback } from "../../server/peer.ts";
import type { Desk } from "../desk.ts";
import { answerCommand, CommandRequest } from "./command.ts";

export interface CommandRouteDeps {
  readonly desk: Desk;
  /** Known to whoever can read the keys of this installation: `keyring.secretFor(COMMAND_PURPOSE)`. */
  readonly secret: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Where people reach this bot. */
  base(): string;
}

/** Of the secret, see `Keyring.secretFor`. */
export const COMMAND_PURPOSE = "desk-command";
export const COMMAND_PATH = "/desk/command";

/** Bytes: a broadcast with all its texts is a tenth of it. */
const BODY_MAX = 256 * 1024;

/**
 * Takes commands of the desk from a program of this machine that no proxy speaks for and that has the secret, because
 * the data folder is this process's while it runs. For everybody else the address does not exist.
 */
export function commandRoute({ desk, secret, now, base }: CommandRouteDeps): ServerPart {
  return {
    async open(app) {
      await app.register(async (scope) => {
        scope.addHook("onRequest", async (request, reply) => {
          if (!isLocal(request.raw) || !isSame(request.raw.headers.authorization ?? "", `Bearer ${secret}`)) {
            return reply.callNotFound();
          }
        });
        scope.post(COMMAND_PATH, { bodyLimit: BODY_MAX }, async (request, reply) => {
          const command = CommandRequest.safeParse(request.body);
          reply.header("cache-control", "no-store");
          if (!command.success) return reply.code(400).send({ error: "bad_request" });
          return reply.send(await answerCommand(desk, command.data, { now: now(), base: base(), running: true }));
        });
      });
    },
    stop: () => undefined,
  };
}

function isLocal({ socket, headers }: IncomingMessage): boolean {
  return isLoopback(socket.remoteAddress) && !isForwarded(headers);
}

/** Takes as long whatever the difference is. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
