import { ok } from "node:assert/strict";
import { limitsOf } from "../../src/channels/limits.ts";
import type { OutMessage } from "../../src/channels/message.ts";
import { CHANNELS, type ChannelLimits } from "../../src/channels/port.ts";
import { render } from "../../src/channels/render.ts";
import type { App } from "../../src/commands/app.ts";
import type { Lang } from "../../src/flow/ids.ts";
import type { Screen } from "../../src/flow/screen.ts";

/** Telegram's limit for the data of a button. */
const TOKEN_BYTES = 64;
/** What a text looks like whose key or value is missing. */
const UNFILLED = /\{\{|\}\}|\bundefined\b|\[object|^[a-z]+(?:\.[a-z0-9_-]+)+$/m;

/** Holds screens against every channel's limits; a screen that was checked before is not rendered again. */
export class ScreenProof {
  readonly #app: App;
  readonly #checked = new Set<string>();

  constructor(app: App) {
    this.#app = app;
  }

  /** Screens that differed. */
  get size(): number {
    return this.#checked.size;
  }

  /** Throws when a channel could not carry this screen, or a text of it is not whole. */
  check(screen: Screen, lang: Lang): void {
    const name = `${lang}${JSON.stringify(screen)}`;
    if (this.#checked.has(name)) return;
    this.#checked.add(name);
    for (const channel of CHANNELS) {
      const limits = limitsOf(channel);
      const messages = render(screen, lang, limits, this.#app.say);
      ok(messages.length > 0, `${channel} shows nothing`);
      for (const message of messages) checkMessage(message, limits, `${channel} at ${screen.flow}.${screen.node}`);
    }
  }
}

function checkMessage(message: OutMessage, limits: ChannelLimits, where: string): void {
  const { text, choices, exits } = message;
  ok(text !== "" && text.length <= limits.textLength, `${text.length} units on ${where}`);
  ok(text === text.normalize("NFC"), `not NFC on ${where}: ${text}`);
  const unfilled = UNFILLED.exec(text)?.[0];
  ok(unfilled === undefined, `"${unfilled}" on ${where}: ${text}`);
  ok(choices.length <= limits.choices.max, `${choices.length} choices on ${where}`);
  for (const { label, token } of choices) {
    ok(label !== "" && !UNFILLED.test(label), `the label "${label}" on ${where}`);
    if (limits.choices.kind === "buttons") ok(label.length <= limits.choices.labelLength, `"${label}" on ${where}`);
    ok(Buffer.byteLength(token) <= TOKEN_BYTES, `${token} on ${where}`);
  }
  ok(new Set(choices.map(({ token }) => token)).size === choices.length, `two choices alike on ${where}`);
  ok(limits.standingExits || exits.length === 0 || text.length > 0, `the exits are not said on ${where}`);
}
