import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { GAUGES, type GaugeName, type Meter } from "./meter.ts";

/** Seconds; a reply is quick below 50 ms and slow above 1 s. */
const TURN_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Seconds that networks ask to wait. */
const PAUSE_BUCKETS = [1, 5, 15, 60, 300, 1_800];

export interface Metrics {
  readonly meter: Meter;
  readonly contentType: string;
  /** All figures in the text format of Prometheus. */
  text(): Promise<string>;
}

/** Figures of this process, for Prometheus. The names are part of what operators rely on: docs/operating.md. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { meter: meterOf(registry), contentType: registry.contentType, text: () => registry.metrics() };
}

function meterOf(registry: Registry): Meter {
  const count = countersOf(registry);
  const gauges = gaugesOf(registry);
  const turns = histogram(registry, "antam_turn_seconds", "From arrival to commit", TURN_BUCKETS);
  const pauses = histogram(registry, "antam_retry_after_seconds", "Pauses that networks asked for", PAUSE_BUCKETS);
  return {
    inbound: (channel) => count.inbound.inc({ channel }),
    turn: (channel, seconds, duplicate) => {
      if (duplicate) count.duplicates.inc({ channel });
      else turns.observe({ channel }, seconds);
    },
    sent: (channel, lane) => count.sent.inc({ channel, lane }),
    sendFailed: (channel, failure, final) => count.failures.inc({ channel, failure, final: String(final) }),
    retryAfter: (channel, seconds) => pauses.observe({ channel }, seconds),
    waiting: (channel, chats) => gauges.waiting.set({ channel }, chats),
    webhook: (channel, status) => count.webhooks.inc({ channel, status }),
    notice: ({ channel, code, level }) => count.notices.inc({ channel, code, level }),
    gauge: (name, channel, value) => gauges.named[name].set({ channel }, value),
  };
}

function countersOf(registry: Registry) {
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name: `antam_${name}_total`, help, labelNames, registers: [registry] });
  return {
    inbound: counter("inbound", "Updates decoded", ["channel"]),
    duplicates: counter("duplicate_inputs", "Inputs that came again and had no second effect", ["channel"]),
    sent: counter("sent", "Messages that a network took", ["channel", "lane"]),
    failures: counter("send_failures", "Tries to send that failed", ["channel", "failure", "final"]),
    webhooks: counter("webhook_requests", "Requests to webhooks, by answer", ["channel", "status"]),
    notices: counter("notices", "What an operator should know, by its fixed name", ["channel", "code", "level"]),
  };
}

function gaugesOf(registry: Registry) {
  const gauge = (name: string, help: string): Gauge<"channel"> =>
    new Gauge({ name: `antam_${name}`, help, labelNames: ["channel"], registers: [registry] });
  const named: Readonly<Record<GaugeName, Gauge<"channel">>> = {
    "access-token-expiry": gauge("access_token_expiry_timestamp_seconds", GAUGES["access-token-expiry"]),
    "refresh-token-expiry": gauge("refresh_token_expiry_timestamp_seconds", GAUGES["refresh-token-expiry"]),
    "messages-left": gauge("messages_left", GAUGES["messages-left"]),
    people: gauge("people", GAUGES.people),
  };
  return { waiting: gauge("waiting_chats", "Chats with messages that wait to be sent"), named };
}

function histogram(registry: Registry, name: string, help: string, buckets: number[]): Histogram<"channel"> {
  return new Histogram({ name, help, buckets, labelNames: ["channel"], registers: [registry] });
}
