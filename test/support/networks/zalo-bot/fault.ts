/** A call that the network answers with `ok: false`. */
export class BotFault extends Error {
  readonly code: number;
  /** Whether the bot is to blame: then it is a refusal. */
  readonly blame: boolean;
  /** The network spells the key `errorCode` here. */
  readonly oddSpelling: boolean;

  constructor(code: number, description: string, { blame = true, oddSpelling = false } = {}) {
    super(description);
    this.code = code;
    this.blame = blame;
    this.oddSpelling = oddSpelling;
  }
}
