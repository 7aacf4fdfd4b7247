import type { Rig } from "../networks/rig.ts";

/** How much of what the bot says is shown. */
const TAIL = 6_000;

export type BotStatus = "running" | "loading" | "stopped";

/** The bot of a sandbox, which can be started again to read changed flows and texts. */
export class BotProcess {
  readonly #rig: Rig;
  #status: BotStatus = "running";
  /** Why the last start failed; "" when it did not. */
  #failure = "";

  constructor(rig: Rig) {
    this.#rig = rig;
    this.#watch();
  }

  get status(): BotStatus {
    return this.#status;
  }

  /** What it wrote since it started: warnings, or why its content is not valid. */
  get said(): string {
    return (this.#failure || this.#rig.bot.output()).trim().slice(-TAIL);
  }

  /** Stops the bot and starts it on the same data. Does nothing while that is going on. */
  async reload(): Promise<void> {
    if (this.#status === "loading") return;
    this.#status = "loading";
    await this.#rig.bot.stop();
    try {
      await this.#rig.restart();
      this.#failure = "";
      this.#status = "running";
      this.#watch();
    } catch (error) {
      this.#failure = error instanceof Error ? afterFirstLine(error.message) : String(error);
      this.#status = "stopped";
    }
  }

  #watch(): void {
    const { bot } = this.#rig;
    void bot.ended.then(() => {
      if (this.#rig.bot === bot && this.#status === "running") this.#status = "stopped";
    });
  }
}

/** The first line is this program's own remark. */
function afterFirstLine(message: string): string {
  return message.includes("\n") ? message.slice(message.indexOf("\n") + 1) : message;
}
