import type { OutMessage } from "../channels/message.ts";
import type { ChannelName } from "../channels/port.ts";
import type { BulkResult } from "../delivery/bulk.ts";
import type { LedgerRow, LedgerState, LedgerStore, Subscriber } from "../stores/ledger-store.ts";
import { type Broadcast, SENT_CHANNELS } from "./broadcast.ts";
import { Crowd } from "./crowd.ts";
import { isQuiet, type Occurrence, occurrences } from "./schedule.ts";
import { isIn, type ProvinceOf } from "./segment.ts";

/** A network that is on. */
export interface Outlet {
  /** People whose message may wait for its moment: about half a second's worth, so that a stop is heard at once. */
  readonly ahead: number;
  send(chat: string, claim: () => Promise<OutMessage | null>): Promise<BulkResult>;
}

export interface RunnerDeps {
  readonly ledger: LedgerStore;
  /** All that the team released, paused or aborted. */
  broadcasts(): Promise<readonly Broadcast[]>;
  /** Null for web, whose pages fetch, and for a network that is off. */
  outlet(channel: ChannelName): Outlet | null;
  /**
   * Makes this person's message and notes in their row that it is being sent, or why it is not, or that it waits.
   * Null when nothing is to be sent now.
   */
  handOut(broadcast: Broadcast, occurrence: Occurrence, row: LedgerRow): Promise<OutMessage | null>;
  /** What became of somebody whose row is `sending`: on disk, with the network's names for the messages. */
  settle(row: LedgerRow, run: string, to: LedgerState, messageIds: readonly string[]): Promise<void>;
  /** The network says that this person cannot be reached any more. */
  unreachable(row: LedgerRow): Promise<void>;
  readonly provinceOf: ProvinceOf;
  now(): number;
  /** A failure of a store; the next tick goes on. Never rejects. */
  failed(error: unknown): void;
}

/** People looked at in one write when a run begins. */
const PLAN_STEP = 500;
/** People at hand at a time where messages are fetched: each costs one write. */
const PULLED_AHEAD = 128;

/**
 * Carries out what the team released: plans each run once, hands it to the networks, and closes it. All it knows is in
 * the ledger, so that a process that dies is followed by one that goes on. Nobody is sent anything twice: a row that left
 * `planned` is not taken up again, unless the message surely did not arrive.
 */
export class Runner {
  readonly #deps: RunnerDeps;
  /** Runs at work now. */
  readonly #working = new Map<string, Promise<void>>();
  /** Runs that may go on at this moment, with their end. */
  #going: ReadonlyMap<string, Occurrence> = new Map();
  #closing = false;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  /** Once, before the first tick: what the process before this one was sending may have arrived. */
  async begin(): Promise<void> {
    await this.#deps.ledger.interrupt();
  }

  /** Looks at what is due. Called every second, and at once after the team changed something. */
  async tick(): Promise<void> {
    const now = this.#deps.now();
    const due = (await this.#deps.broadcasts()).flatMap((broadcast) =>
      occurrences(broadcast)
        .filter(({ from }) => from <= now)
        .map((occurrence) => ({ broadcast, occurrence })),
    );
    this.#going = new Map(
      due
        .filter(({ broadcast }) => broadcast.state === "released")
        .map(({ occurrence }) => [occurrence.run, occurrence]),
    );
    const closed = new Set((await this.#deps.ledger.runs()).filter((run) => run.closed !== null).map(({ run }) => run));
    for (const { broadcast, occurrence } of due) {
      if (!closed.has(occurrence.run)) this.#work(broadcast, occurrence);
    }
  }

  /**
   * Nothing new begins, from this moment on. Resolves when what is under way is settled, which takes as long as the
   * networks have messages in the air.
   */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#working.values());
  }

  /** What the pacer turns away at the end is in the ledger as planned: the next process goes on with it. */
  #fails(error: unknown): void {
    if (!this.#closing) this.#deps.failed(error);
  }

  #work(broadcast: Broadcast, occurrence: Occurrence): void {
    const { run } = occurrence;
    if (this.#working.has(run) || this.#closing) return;
    const work = this.#step(broadcast, occurrence)
      .catch((error: unknown) => this.#fails(error))
      .finally(() => this.#working.delete(run));
    this.#working.set(run, work);
  }

  /** Whether messages of this run may leave at this moment: asked again before every single one. */
  #goes(run: string): boolean {
    const occurrence = this.#going.get(run);
    const now = this.#deps.now();
    return !this.#closing && occurrence !== undefined && now < occurrence.until && !isQuiet(now);
  }

  async #step(broadcast: Broadcast, occurrence: Occurrence): Promise<void> {
    const { ledger, now } = this.#deps;
    const { run, until } = occurrence;
    if (broadcast.state === "aborted") return this.#end(run, "aborted");
    if (now() >= until) return this.#expire(broadcast, occurrence);
    if (!this.#goes(run)) return;
    await ledger.begin(run, now());
    if (!(await this.#plan(broadcast, occurrence))) return;
    await Promise.all(SENT_CHANNELS.map((channel) => this.#send(broadcast, occurrence, channel)));
    if (!this.#closing && (await this.#openRows(run)) === 0) await ledger.close(run, "done", now());
  }

  /** False when it was interrupted. */
  async #plan(broadcast: Broadcast, { run, until }: Occurrence): Promise<boolean> {
    const { ledger, now } = this.#deps;
    const judge = (person: Subscriber) => this.#judge(broadcast, person, now() >= until);
    while (!(await ledger.plan(run, PLAN_STEP, judge))) if (this.#closing) return false;
    return true;
  }

  #judge({ segment }: Broadcast, person: Subscriber, late: boolean) {
    if (!isIn(segment, person, this.#deps.provinceOf)) return null;
    if (late) return "expired";
    return person.channel === "web" || this.#deps.outlet(person.channel) !== null ? "planned" : "channel-off";
  }

  async #send(broadcast: Broadcast, occurrence: Occurrence, channel: ChannelName): Promise<void> {
    const { ledger, now, outlet } = this.#deps;
    const most = outlet(channel)?.ahead ?? PULLED_AHEAD;
    const crowd = new Crowd(most);
    while (this.#goes(occurrence.run)) {
      const rows = await ledger.next(occurrence.run, channel, now(), most * 2);
      const fresh = rows.filter(({ key }) => !crowd.has(key)).slice(0, crowd.room);
      if (fresh.length === 0 && crowd.size === 0) break;
      for (const row of fresh) {
        const task = this.#one(broadcast, occurrence, row).catch((error: unknown) => this.#fails(error));
        crowd.add(row.key, task);
      }
      await crowd.left(fresh.length === 0 ? 0 : most / 2);
    }
    await crowd.left(0);
  }

  async #one(broadcast: Broadcast, occurrence: Occurrence, row: LedgerRow): Promise<void> {
    const outlet = this.#deps.outlet(row.channel);
    const claim = () => this.#claim(broadcast, occurrence, row);
    if (row.address === null || outlet === null) return void (await claim());
    await this.#settle(row, occurrence.run, await outlet.send(row.address, claim));
  }

  /** Asked at the last moment: a pause or the end may have come while the message waited. */
  async #claim(broadcast: Broadcast, occurrence: Occurrence, row: LedgerRow): Promise<OutMessage | null> {
    return this.#goes(occurrence.run) ? this.#deps.handOut(broadcast, occurrence, row) : null;
  }

  async #settle(row: LedgerRow, run: string, result: BulkResult): Promise<void> {
    const { ledger, now, settle } = this.#deps;
    if (result.kind === "nothing") return;
    if (result.kind === "later") return ledger.postpone(run, row.key, now() + result.afterMs);
    if (result.kind === "sent") return settle(row, run, { state: "sent" }, result.messageIds);
    const { why } = result;
    const skipped = why === "window-closed" || why === "quota-spent";
    await settle(row, run, skipped ? { state: "skipped", why } : { state: "failed", why }, []);
    if (why === "unreachable") await this.#deps.unreachable(row);
  }

  /** The team took it back. Nobody was planned before it began. */
  async #end(run: string, as: "aborted"): Promise<void> {
    const { ledger, now } = this.#deps;
    const known = (await ledger.runs()).some((one) => one.run === run);
    if (!known) return;
    await ledger.skipPlanned(run, as);
    if ((await this.#openRows(run)) === 0) await ledger.close(run, as, now());
  }

  /** Its time is over: whoever was not reached is recorded as such, also when it never began. */
  async #expire(broadcast: Broadcast, occurrence: Occurrence): Promise<void> {
    const { ledger, now } = this.#deps;
    const { run } = occurrence;
    await ledger.begin(run, now());
    if (!(await this.#plan(broadcast, occurrence))) return;
    const left = await ledger.skipPlanned(run, "expired");
    const late = left > 0 || (await ledger.tally(run)).some(({ why }) => why === "expired");
    if ((await this.#openRows(run)) === 0) await ledger.close(run, late ? "expired" : "done", now());
  }

  async #openRows(run: string): Promise<number> {
    const open = (await this.#deps.ledger.tally(run)).filter(({ state }) => state === "planned" || state === "sending");
    return open.reduce((sum, { n }) => sum + n, 0);
  }
}
