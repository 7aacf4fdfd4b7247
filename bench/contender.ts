/** What a turn said, in a form that can be compared. */
export interface Reply {
  readonly texts: readonly string[];
  readonly buttons: readonly string[];
}

/** One library, ready to hold the conversation with any number of citizens. */
export interface Runner {
  /** One turn of a citizen, up to the moment when the network may be told "received". */
  turn(citizen: number, step: number): unknown;
  /** Reads what `turn` gave (after awaiting it). */
  reply(said: unknown): Reply;
  close(): Promise<void>;
}

export interface Contender {
  readonly name: string;
  /** Prepares this many citizens, all standing at the menu. */
  open(citizens: number): Promise<Runner>;
}

/** Where a library without a data type of its own keeps sessions: strings by key. */
export interface TextStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  delete(key: string): void;
}
