import { ChannelError } from "../channel-error.ts";
import { type Alert, DAY_MS } from "./alerts.ts";
import type { TokenAnswer } from "./oauth.ts";
import type { TokenPair, TokenStore } from "./token-pair.ts";

export interface TokensDeps {
  readonly store: TokenStore;
  readonly alert: Alert;
  refresh(refreshToken: string): Promise<TokenAnswer>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A pair is renewed after this share of its life: 20 of 25 hours. */
const DUE_AFTER = 0.8;
/** After a refusal, and for a token that never worked. */
const REFUSED_PAUSE_MS = 10 * 60_000;
/** After a failure that says nothing about the token. */
const FAILED_PAUSE_MS = 5_000;
/** Days before the refresh token dies at which the team is told. */
const WARNED_AT = [0, 1, 3, 7, 21] as const;

/**
 * The only one who renews the pair: everybody waits for the same request. A new pair is written durably before it is
 * used. After a refusal the old pair stays, nothing is sent, and the network is asked again every ten minutes at most.
 */
export class Tokens {
  readonly #deps: TokensDeps;
  /** Undefined until it was read; null when nobody has logged in. */
  #pair: TokenPair | null | undefined;
  /** Given by the network, and not yet on disk. */
  #unsaved: TokenPair | null = null;
  #renewing: Promise<void> | null = null;
  #pauseUntil = 0;
  /** A renewed token that the network has not taken yet: refused at once, it is no use to ask for the next. */
  #untried: string | null = null;
  /** Why no token may be used; null when nothing is wrong. */
  #barred: ChannelError | null = null;

  constructor(deps: TokensDeps) {
    this.#deps = deps;
  }

  /** Reads the pair; says so when nobody has logged in yet. Rejects with `StoreError`. */
  async load(): Promise<void> {
    this.#pair = await this.#deps.store.read();
    if (this.#pair === null) this.#deps.alert({ level: "error", code: "login-needed" });
  }

  /** An access token to send with. Rejects with `ChannelError` when there is none. */
  async current(): Promise<string> {
    const pair = this.#known();
    if (this.#isDue(pair)) await this.#renew();
    return this.#usable();
  }

  /** Another token than the one the network refused. Rejects with `ChannelError` when there is none. */
  async renewed(refused: string): Promise<string> {
    if (this.#known().accessToken !== refused) return this.#usable();
    const useless = refused === this.#untried;
    await this.#renew();
    if (this.#known().accessToken !== refused) return this.#usable();
    throw this.#barred ?? new ChannelError(useless ? "unauthorised" : "unavailable", "access token");
  }

  /** The network took this token: should it be refused later, it may be renewed at once. */
  worked(token: string): void {
    if (token !== this.#untried) return;
    this.#untried = null;
    this.#pauseUntil = 0;
  }

  /** To be called every minute or so: renews in time and warns before the refresh token dies. */
  async look(): Promise<void> {
    if (this.#pair === null || this.#pair === undefined) return;
    if (this.#isDue(this.#pair)) await this.#renew();
    this.#warn(this.#pair);
  }

  /** Resolves when no renewal is running: a process that ends within one may lose the new pair. */
  async idle(): Promise<void> {
    await this.#renewing;
  }

  /** What waited since the last stop may be sent before the pair was read: it has to try again soon. */
  #known(): TokenPair {
    if (this.#pair === undefined) throw new ChannelError("unavailable", "not started");
    if (this.#pair === null) throw new ChannelError("unauthorised", "login needed");
    return this.#pair;
  }

  #isDue({ obtainedAt, accessUntil }: TokenPair): boolean {
    const due = obtainedAt + (accessUntil - obtainedAt) * DUE_AFTER;
    return this.#barred !== null || this.#deps.now() >= due;
  }

  #usable(): string {
    const { accessToken, accessUntil } = this.#known();
    if (this.#barred !== null) throw this.#barred;
    if (this.#deps.now() >= accessUntil) throw new ChannelError("unavailable", "access token");
    return accessToken;
  }

  #renew(): Promise<void> {
    if (this.#deps.now() < this.#pauseUntil) return Promise.resolve();
    this.#renewing ??= this.#replace().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #replace(): Promise<void> {
    this.#unsaved ??= await this.#ask();
    if (this.#unsaved === null) return;
    try {
      await this.#deps.store.write(this.#unsaved);
    } catch {
      // The old pair is dead and the new one must not be used yet: the next try writes it again.
      this.#bar("unavailable", "token not saved", FAILED_PAUSE_MS);
      this.#deps.alert({ level: "error", code: "token-not-saved" });
      return;
    }
    this.#pair = this.#unsaved;
    this.#unsaved = null;
    this.#barred = null;
    this.#untried = this.#pair.accessToken;
    this.#pauseUntil = this.#deps.now() + REFUSED_PAUSE_MS;
  }

  /** Null when no new pair came. */
  async #ask(): Promise<TokenPair | null> {
    const answer = await this.#deps.refresh(this.#known().refreshToken).catch(() => null);
    if (answer?.kind === "pair") return answer.pair;
    if (answer === null) {
      // The network did not answer: the old pair may still be good.
      this.#pauseUntil = this.#deps.now() + FAILED_PAUSE_MS;
      this.#deps.alert({ level: "warn", code: "token-refresh-waits" });
      return null;
    }
    this.#bar("unauthorised", "token refresh refused", REFUSED_PAUSE_MS);
    this.#deps.alert({ level: "error", code: "token-refresh-failed", facts: { error: answer.error } });
    return null;
  }

  #bar(failure: "unauthorised" | "unavailable", detail: string, pauseMs: number): void {
    this.#barred = new ChannelError(failure, detail);
    this.#pauseUntil = this.#deps.now() + pauseMs;
  }

  #warn({ refreshUntil }: TokenPair): void {
    const days = Math.max(0, Math.ceil((refreshUntil - this.#deps.now()) / DAY_MS));
    const reached = WARNED_AT.find((limit) => days <= limit);
    if (reached === undefined) return;
    const level = reached > 3 ? "warn" : "error";
    this.#deps.alert({ level, code: "refresh-token-dies", facts: { days } }, `${refreshUntil}:${reached}`, 30 * DAY_MS);
  }
}
