import { z } from "zod";
import type { NetworkName, Rig } from "../networks/rig.ts";

const Share = z.number().min(0).max(1);
const MAX_LATENCY_MS = 30_000;
const MAX_AHEAD_MS = 60 * 86_400_000;

/** A change to how badly a network behaves. `aheadMs` is added to its clock. */
export const Trouble = z.strictObject({
  latencyMs: z.number().min(0).max(MAX_LATENCY_MS).optional(),
  cutBefore: Share.optional(),
  cutAfter: Share.optional(),
  failing: Share.optional(),
  tooMany: Share.optional(),
  redelivered: Share.optional(),
  webhookCut: Share.optional(),
  offline: z.boolean().optional(),
  aheadMs: z.number().min(0).max(MAX_AHEAD_MS).optional(),
});
export type Trouble = z.infer<typeof Trouble>;

/** Networks that nobody reaches now, and how far their clocks are ahead. */
export class Troubles {
  readonly #rig: Rig;
  readonly #offline = new Set<NetworkName>();
  readonly #aheadMs = new Map<NetworkName, number>();

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  of(network: NetworkName): Readonly<Record<string, number | boolean>> {
    const { faults } = this.#rig.network(network);
    return { ...faults, offline: this.#offline.has(network), aheadMs: this.#aheadMs.get(network) ?? 0 };
  }

  async change(network: NetworkName, { offline, aheadMs, ...faults }: Trouble): Promise<void> {
    Object.assign(this.#rig.network(network).faults, faults);
    if (aheadMs !== undefined) this.#forward(network, aheadMs);
    if (offline !== undefined) await this.#setOffline(network, offline);
  }

  #forward(network: NetworkName, ms: number): void {
    const { telegram, zaloBot, zaloOa } = this.#rig;
    const forward = { telegram: telegram.advance, "zalo-bot": zaloBot.forward, "zalo-oa": zaloOa.forward }[network];
    forward(ms);
    this.#aheadMs.set(network, (this.#aheadMs.get(network) ?? 0) + ms);
  }

  async #setOffline(network: NetworkName, offline: boolean): Promise<void> {
    if (offline) this.#offline.add(network);
    else this.#offline.delete(network);
    const outage = offline ? "cut" : "none";
    switch (network) {
      case "telegram":
        return this.#rig.telegram.offline(offline);
      case "zalo-bot":
        this.#rig.zaloBot.outage = outage;
        return;
      case "zalo-oa":
        this.#rig.zaloOa.outage = outage;
        return;
    }
  }
}
