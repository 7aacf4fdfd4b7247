import { isIP } from "node:net";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { type Finding, found } from "./finding.ts";
import { type Answer, type NoAnswer, probe } from "./probe.ts";

/** Telegram sends updates to these ports only (Bot API, setWebhook). */
const TELEGRAM_PORTS = new Set(["", "443", "80", "88", "8443"]);
/** How Zalo's bot platform introduces itself. */
const ZALO_AGENT = "Java/17.0.2";
/** Gateways say so when the program behind them does not answer. */
const NOBODY_BEHIND = new Set([502, 503, 504]);

/** Whether people and networks can reach this server. `running`: whether a bot has the data folder now. */
export async function addressFindings(config: Config, running: boolean): Promise<readonly Finding[]> {
  const { PUBLIC_URL, telegram, zaloBot, zaloOa } = config;
  if (PUBLIC_URL === undefined) return [found(zaloOa ? "address.needed" : "address.absent")];
  const url = new URL(PUBLIC_URL);
  const networks = [telegram, zaloBot, zaloOa].some((settings) => settings !== undefined);
  const wrongForm = formFindings(url, networks);
  const wrongPort = portFindings(url, config);
  if (isPrivate(url.hostname)) return [...wrongForm, ...wrongPort, found("address.private", { host: url.hostname })];
  return [...wrongForm, ...wrongPort, ...(await reachFindings(url, running, zaloBot !== undefined))];
}

function formFindings(url: URL, networks: boolean): readonly Finding[] {
  if (url.protocol === "https:") return [];
  return [found(networks ? "address.http" : "address.http-web")];
}

function portFindings({ port }: URL, { telegram, zaloOa }: Config): readonly Finding[] {
  return [
    ...(telegram && !TELEGRAM_PORTS.has(port) ? [found("port.telegram", { port })] : []),
    ...(zaloOa && port !== "" ? [found("port.zalo-oa", { port })] : []),
  ];
}

/** Names and numbers that mean something inside one machine or one building only. */
export function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(host) === 4) return PRIVATE_4.test(host);
  if (isIP(host) === 6) return /^(?:::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host);
  return !host.includes(".") || /\.(?:local|localhost|internal|lan|home|test|example|invalid)$/.test(host);
}

const PRIVATE_4 = /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Asks `/healthz` as anybody outside would, and as Zalo's servers do. */
export async function reachFindings(url: URL, running: boolean, zaloBot: boolean): Promise<readonly Finding[]> {
  const address = `${url.href.replace(/\/+$/, "")}/healthz`;
  const [plain, asZalo] = await Promise.all([
    probe(address),
    zaloBot ? probe(address, { headers: { "user-agent": ZALO_AGENT } }) : undefined,
  ]);
  const reach = reachFinding(plain, url, running);
  const healthy = reach.outcome === "address.ok";
  return healthy && asZalo && plain.kind === "answer" ? [reach, filterFinding(plain, asZalo)] : [reach];
}

const Healthy = z.looseObject({ ok: z.literal(true) });

function reachFinding(answer: Answer | NoAnswer, url: URL, running: boolean): Finding {
  const host = url.host;
  if (answer.kind !== "answer") return found(`address.${answer.kind}`, { host, code: answer.code });
  const { status, body } = answer;
  if (status === 200 && Healthy.safeParse(body).success) return found("address.ok", { host });
  if (status >= 300 && status < 400) return found("address.redirect", { host, to: targetOf(answer, url) });
  if (NOBODY_BEHIND.has(status)) {
    return found(running ? "address.no-answer-behind" : "address.not-running", { host, status });
  }
  return found(status === 401 || status === 403 ? "address.filtered" : "address.stranger", { host, status });
}

/** Where a redirect leads, without what may follow the path. */
function targetOf(answer: Answer, from: URL): string {
  const location = answer.header("location") ?? "";
  if (!URL.canParse(location, from.href)) return "?";
  const to = new URL(location, from);
  return `${to.origin}${to.pathname}`.slice(0, 100);
}

function filterFinding(plain: Answer, asZalo: Answer | NoAnswer): Finding {
  if (asZalo.kind !== "answer" || asZalo.status !== 200) return found("filter.blocked", { agent: ZALO_AGENT });
  return found(plain.header("cf-ray") === undefined ? "filter.ok" : "filter.cloudflare", { agent: ZALO_AGENT });
}
