/** A call that the network answers with an error code (§2.10). */
export class OaFault extends Error {
  readonly code: number;
  /** Whether the bot is to blame: then it is a refusal. */
  readonly blame: boolean;

  constructor(code: number, message: string, { blame = true } = {}) {
    super(message);
    this.code = code;
    this.blame = blame;
  }
}
