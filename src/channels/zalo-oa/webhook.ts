import { parseExactly } from "../exact-json.ts";
import type { Inbound, PushDeps, Webhook, WebhookRequest } from "../port.ts";
import { type Alert, DAY_MS } from "./alerts.ts";
import { decode, readEvent } from "./decode.ts";
import { type Signed, type SigningKeys, verify } from "./signature.ts";

/** Entered by the operator in the console of the app. */
export const WEBHOOK_PATH = "/webhooks/zalo-oa";

const BODY_MAX_BYTES = 256 * 1024;
/** Repeats come within an hour; what is older was recorded and sent again by somebody. */
const AGE_MAX_MS = DAY_MS;
/** The network waits two seconds. */
const ANSWER_WITHIN_MS = 1_700;

const OK = 200;
const UNREADABLE = 400;
const FORGED = 401;
const AGAIN = 503;

export interface WebhookDeps extends Pick<PushDeps, "handle" | "now"> {
  readonly keys: SigningKeys;
  readonly alert: Alert;
  /** Whether updates are taken now. */
  open(): boolean;
}

/** Takes signed events. A turn that takes too long goes on, and the network's repeat finds it done. */
export function createWebhook(deps: WebhookDeps): Webhook & { idle(): Promise<void> } {
  const running = new Set<Promise<number>>();
  const turn = (inbound: Inbound): Promise<number> => {
    const done = deps.handle(inbound).then(
      () => OK,
      () => AGAIN,
    );
    running.add(done);
    void done.then(() => running.delete(done));
    return inTime(done, deps.alert);
  };
  return {
    path: WEBHOOK_PATH,
    bodyLimit: BODY_MAX_BYTES,
    receive: async (request) => {
      if (isProbe(request.body)) return OK;
      const event = judge(deps, request);
      return typeof event === "number" ? event : turn(event);
    },
    idle: async () => void (await Promise.all(running)),
  };
}

/** What saving the address in the console sends, unsigned: a body of exactly `{}`. */
function isProbe(body: Buffer): boolean {
  return body.length === 2 && body.toString("latin1") === "{}";
}

/** An input to take a turn with, or the status to answer at once. */
function judge({ keys, alert, now, open }: WebhookDeps, request: WebhookRequest): Inbound | number {
  if (!open()) return AGAIN;
  const body = parseExactly(request.body.toString("utf8"));
  const event = readEvent(body);
  const signed = verify(keys, request, event);
  if (signed === null) return refuse(alert, "signature-wrong");
  if (Math.abs(now() - signed.at) > AGE_MAX_MS) return refuse(alert, "event-too-old");
  tell(alert, signed);
  if (event === null) return UNREADABLE;
  const decoded = decode(event);
  if (decoded.kind === "inbound") return decoded.inbound;
  if (decoded.kind === "strange") {
    alert({ level: "info", code: "unknown-event", facts: { event: decoded.event } }, decoded.event, DAY_MS);
  }
  return OK;
}

function refuse(alert: Alert, code: "signature-wrong" | "event-too-old"): number {
  alert({ level: "warn", code });
  return FORGED;
}

/** Which of the variants the network uses, once. */
function tell(alert: Alert, { id, time }: Signed): void {
  alert({ level: "info", code: "signature-variant", facts: { id, time } }, `${id} ${time}`, Number.POSITIVE_INFINITY);
}

async function inTime(done: Promise<number>, alert: Alert): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => {
      alert({ level: "warn", code: "turn-slow" });
      resolve(AGAIN);
    }, ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
