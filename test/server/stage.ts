import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { Webhook, WebhookRequest } from "../../src/channels/port.ts";
import { createMetrics } from "../../src/server/metrics.ts";
import type { Problems } from "../../src/server/part.ts";
import { createServer, type RunningServer, type ServerDeps } from "../../src/server/server.ts";

export interface Stage extends RunningServer {
  readonly port: number;
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  post(
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
}

const problems: Problems = {
  notFound: (_request, reply) => reply.code(404).send({ error: "not_found" }),
  failed: (_error, _request, reply) => reply.code(500).send({ error: "broken" }),
};

/** A server on a free port, closed when the test is over. */
export async function startStage(deps: Partial<ServerDeps> = {}): Promise<Stage> {
  const logged: string[] = [];
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    log: pino({ level: "debug" }, { write: (line: string) => logged.push(line) }),
    parts: [],
    problems,
    mounts: [],
    ready: {},
    metrics: createMetrics(),
    ...deps,
  });
  onTestFinished(() => server.close());
  const post: Stage["post"] = (path, body = "", headers = {}) =>
    fetch(`${server.address}${path}`, { method: "POST", body, headers });
  return { ...server, port: Number(new URL(server.address).port), logged, post };
}

export const HOOK = "/webhooks/echo/9f3a";
export const SECRET = "only-the-network-knows";

/** Takes what carries the secret and is JSON. */
export class EchoHook implements Webhook {
  readonly path = HOOK;
  readonly bodyLimit = 1_000;
  readonly received: WebhookRequest[] = [];
  /** What happens before a request is judged. */
  before = async (): Promise<void> => {};

  readonly mount = { channel: "telegram", webhooks: [this] } as const;

  async receive(request: WebhookRequest): Promise<number> {
    this.received.push(request);
    await this.before();
    if (request.headers["x-secret"] !== SECRET) return 401;
    try {
      JSON.parse(request.body.toString("utf8"));
      return 200;
    } catch {
      return 400;
    }
  }
}
