import type { ChannelName } from "../channels/port.ts";
import type { Config } from "../config.ts";
import type { Meter } from "../server/meter.ts";
import type { Keyring } from "../stores/keyring.ts";
import type { TeamStore } from "../stores/team-store.ts";
import type { CreateChannel } from "./networks.ts";

interface AdapterParts {
  readonly team: TeamStore;
  readonly keyring: Keyring;
  readonly meter: Meter;
}

/** The adapters of the networks that are on; what a network needs is loaded only then. */
export async function openAdapters(config: Config, parts: AdapterParts): Promise<Map<ChannelName, CreateChannel>> {
  const { telegram, zaloBot, zaloOa } = config;
  const adapters = new Map<ChannelName, CreateChannel>();
  if (telegram !== undefined) {
    const { createTelegram } = await import("../channels/telegram/channel.ts");
    adapters.set("telegram", (deps) => createTelegram(deps, telegram));
  }
  if (zaloBot !== undefined) {
    const [{ createZaloBot }, allowance] = await Promise.all([
      import("../channels/zalo-bot/channel.ts"),
      openAllowance(parts, zaloBot.monthlyMessages),
    ]);
    adapters.set("zalo-bot", (deps) => createZaloBot(deps, { ...zaloBot, allowance }));
  }
  if (zaloOa !== undefined) {
    const [{ createZaloOa }, tokens] = await Promise.all([import("../channels/zalo-oa/channel.ts"), openTokens(parts)]);
    adapters.set("zalo-oa", (deps) => createZaloOa(deps, { ...zaloOa, tokens }));
  }
  return adapters;
}

/** The allowance of a Zalo bot in the team's document, shown to whoever watches the metrics. */
async function openAllowance({ team, meter }: AdapterParts, monthlyMessages: number) {
  const { Allowance, allowanceNow } = await import("../channels/zalo-bot/allowance.ts");
  const show = (stored: typeof Allowance._output | null) => {
    const { sent, people } = allowanceNow(stored, Date.now());
    meter.gauge("people", "zalo-bot", people);
    meter.gauge("messages-left", "zalo-bot", Math.max(0, monthlyMessages - sent));
    return stored;
  };
  return {
    read: async () =>
      show(
        Allowance.nullable()
          .catch(null)
          .parse(await team.read("zalo_bot")),
      ),
    async write(allowance: typeof Allowance._output) {
      await team.write("zalo_bot", allowance);
      show(allowance);
    },
  };
}

/** The sealed tokens of an Official Account, with their ends shown to whoever watches the metrics. */
async function openTokens({ team, keyring, meter }: AdapterParts) {
  const { zaloOaTokens } = await import("./zalo-oa-tokens.ts");
  const store = zaloOaTokens(team, keyring);
  type Pair = Awaited<ReturnType<typeof store.read>>;
  const show = (pair: Pair) => {
    meter.gauge("access-token-expiry", "zalo-oa", (pair?.accessUntil ?? 0) / 1_000);
    meter.gauge("refresh-token-expiry", "zalo-oa", (pair?.refreshUntil ?? 0) / 1_000);
    return pair;
  };
  return {
    read: async () => show(await store.read()),
    async write(pair: NonNullable<Pair>) {
      await store.write(pair);
      show(pair);
    },
  };
}
