import { setTimeout as pause } from "node:timers/promises";
import type { Phone } from "../networks/network.ts";
import type { Rig } from "../networks/rig.ts";
import { listen } from "../networks/shared/http-server.ts";

/** Longer than any number of people takes. */
const LONGEST_MS = 60_000;
const SECRET = "nobody-checks-this-one";

/**
 * Everybody writes for the first time, and somebody else than the bot acknowledges it: the networks know these people
 * from then on. No bot may be there; the next one to start sets its own webhooks again.
 */
export async function meet(
  { telegram, zaloBot, zaloOa }: Pick<Rig, "telegram" | "zaloBot" | "zaloOa">,
  phones: readonly Phone[],
): Promise<void> {
  const stand = await listen(
    async () => ({ status: 200, headers: {}, body: "" }),
    () => "none",
  );
  const bots = [telegram, zaloBot].map(({ root, token }) => `${root}/bot${token}`);
  const webhook = zaloOa.webhook;
  for (const bot of bots) await call(bot, "setWebhook", { url: `${stand.root}/hook`, secret_token: SECRET });
  await zaloOa.saveWebhook(`${stand.root}/hook`);
  for (const phone of phones) phone.start();
  const busy = () => [telegram, zaloBot, zaloOa].some((network) => network.waiting() > 0);
  for (const until = Date.now() + LONGEST_MS; busy(); await pause(5)) {
    if (Date.now() > until) throw new Error("the networks' first updates were not taken in time");
  }
  for (const bot of bots) await call(bot, "deleteWebhook", {});
  zaloOa.webhook = webhook;
  await stand.close();
}

async function call(bot: string, method: string, params: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(`${bot}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
  if (!(await response.text()).includes('"ok":true')) throw new Error(`${method} was refused`);
}
