/** `wrong` makes the command fail; a `warning` is for somebody to look at. */
export const LEVELS = ["ok", "warning", "wrong"] as const;
export type Level = (typeof LEVELS)[number];

/** In the order they are shown; each has a text `doctor.section.<section>`. */
export const SECTIONS = ["machine", "content", "data", "public", "telegram", "zalo-bot", "zalo-oa"] as const;
export type SectionName = (typeof SECTIONS)[number];

/**
 * Everything a check can come to: `<check>.<outcome>`. The texts are `doctor.check.<check>` (its name),
 * `doctor.found.<check>.<outcome>` and, for all that is not ok, `doctor.fix.<check>.<outcome>`.
 */
export const OUTCOMES = {
  "node.ok": "ok",
  "node.old": "wrong",
  "clock.ok": "ok",
  "clock.unchecked": "ok",
  "clock.off": "wrong",
  "clock.zone": "wrong",

  "content.ok": "ok",
  "content.broken": "wrong",
  "profile.ok": "ok",
  "profile.unset": "warning",
  "campaign.ok": "ok",
  "campaign.open": "warning",
  "campaign.past": "warning",
  "directory.ok": "ok",
  "directory.due": "warning",

  "folder.ok": "ok",
  "folder.absent": "warning",
  "folder.unusable": "wrong",
  "folder.open": "warning",
  "space.ok": "ok",
  "space.tight": "warning",
  "space.full": "wrong",
  "running.yes": "ok",
  "running.no": "ok",
  "ready.all": "ok",
  "ready.not": "warning",
  "documents.broken": "warning",
  "keys.ok": "ok",
  "keys.new": "ok",
  "keys.missing": "wrong",
  "keys.open": "wrong",
  "keys.broken": "wrong",
  "store.ok": "ok",
  "store.new": "ok",
  "store.older": "ok",
  "store.newer": "wrong",
  "store.other-keys": "wrong",
  "store.broken": "wrong",
  "waiting.none": "ok",
  "waiting.some": "ok",
  "waiting.long": "warning",

  "address.absent": "ok",
  "address.needed": "wrong",
  "address.http": "wrong",
  "address.http-web": "warning",
  "address.private": "wrong",
  "address.ok": "ok",
  "address.dns": "wrong",
  "address.certificate": "wrong",
  "address.timeout": "wrong",
  "address.refused": "wrong",
  "address.redirect": "wrong",
  "address.no-answer-behind": "wrong",
  "address.not-running": "warning",
  "address.filtered": "wrong",
  "address.stranger": "wrong",
  "port.telegram": "wrong",
  "port.zalo-oa": "wrong",
  "filter.ok": "ok",
  "filter.cloudflare": "warning",
  "filter.blocked": "wrong",

  "telegram.off": "ok",
  "telegram.ok": "ok",
  "telegram.refused": "wrong",
  "telegram.busy": "warning",
  "telegram.unreachable": "wrong",
  "groups.everything": "warning",
  "telegram-updates.polling": "ok",
  "telegram-updates.polling-blocked": "warning",
  "telegram-updates.webhook": "ok",
  "telegram-updates.at-start": "ok",
  "telegram-updates.missing": "wrong",
  "telegram-updates.elsewhere": "wrong",
  "telegram-updates.kinds": "warning",
  "telegram-waiting.many": "warning",
  "telegram-error.recent": "warning",
  "telegram-error.old": "ok",

  "zalo-bot.off": "ok",
  "zalo-bot.ok": "ok",
  "zalo-bot.refused": "wrong",
  "zalo-bot.busy": "warning",
  "zalo-bot.unreachable": "wrong",
  "zalo-bot-updates.polling": "ok",
  "zalo-bot-updates.polling-blocked": "warning",
  "zalo-bot-updates.webhook": "ok",
  "zalo-bot-updates.at-start": "ok",
  "zalo-bot-updates.missing": "wrong",
  "zalo-bot-updates.elsewhere": "wrong",
  "allowance.unknown": "ok",
  "allowance.ok": "ok",
  "allowance.near": "warning",
  "allowance.spent": "wrong",

  "zalo-oa.off": "ok",
  "login.needed": "wrong",
  "login.unreadable": "wrong",
  "login.ok": "ok",
  "login.soon": "warning",
  "login.dead": "wrong",
  "account.ok": "ok",
  "account.unverified": "warning",
  "account.expired": "ok",
  "account.stale": "wrong",
  "account.refused": "wrong",
  "account.busy": "warning",
  "account.unreachable": "wrong",
  "console.webhook": "ok",

  "unfinished.failed": "wrong",
} as const satisfies Readonly<Record<string, Level>>;
export type Outcome = keyof typeof OUTCOMES;

/** What one check came to; `params` fill the texts in. Never a token, a secret, or anything about a person. */
export interface Finding {
  readonly outcome: Outcome;
  readonly params: Readonly<Record<string, string>>;
}

export interface Section {
  readonly section: SectionName;
  readonly findings: readonly Finding[];
}

export function found(outcome: Outcome, params: Readonly<Record<string, string | number>> = {}): Finding {
  return { outcome, params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])) };
}

/** The name before the dot. */
export function checkOf({ outcome }: Finding): string {
  return outcome.slice(0, outcome.indexOf("."));
}

export function levelOf({ outcome }: Finding): Level {
  return OUTCOMES[outcome];
}
