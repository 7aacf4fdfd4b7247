import { vietnamDay } from "../campaign/vietnam-day.ts";
import { limitsOf } from "../channels/limits.ts";
import type { NumberedMessage, OutMessage } from "../channels/message.ts";
import type { ChannelName, Inbound, TurnReceipt } from "../channels/port.ts";
import { render } from "../channels/render.ts";
import type { Format } from "../draft/draft.ts";
import { advance } from "../flow/engine.ts";
import { saved, wakeAt } from "../flow/expiry.ts";
import type { Lang } from "../flow/ids.ts";
import type { Input } from "../flow/input.ts";
import { readSession } from "../flow/migrations.ts";
import type { Program } from "../flow/program.ts";
import { isSafeWord } from "../flow/safe-word.ts";
import type { Effect } from "../flow/screen.ts";
import { freshState, type Session, type State } from "../flow/session.ts";
import type { World } from "../flow/world.ts";
import type { Say } from "../language/texts.ts";
import type { CitizenKey, CitizenRecord, CitizenStore, TurnCommit } from "../stores/citizen-store.ts";
import { countsOf } from "./counts.ts";
import type { Drafts } from "./drafts.ts";
import { emptyCommit } from "./empty-commit.ts";
import { type HandedOut, type Handout, handOut } from "./handout.ts";
import { inPlace } from "./in-place.ts";
import { RecentStates } from "./memory.ts";
import { KeyedQueue } from "./queue.ts";
import { expiresAt } from "./retention.ts";

export interface BotDeps {
  readonly program: Program;
  readonly say: Say;
  readonly store: CitizenStore;
  readonly drafts: Drafts;
  /** Pseudonym of a chat; the chat id itself goes no further. */
  keyOf(channel: ChannelName, chat: string): CitizenKey;
  /** The world of one turn of this citizen. */
  worldAt(now: number, key: CitizenKey, channel: ChannelName): World;
  /** Milliseconds since 1970. */
  now(): number;
  /** Province of a place code, for counts. */
  provinceOf(place: string): string | undefined;
}

/** Somebody to whom the clock led a message. */
export interface DueCitizen {
  readonly key: CitizenKey;
  readonly channel: ChannelName;
}

/** Citizens looked after in one go by `tick`. */
const TICK_BATCH = 200;

interface Job {
  readonly key: CitizenKey;
  readonly channel: ChannelName;
  readonly inputId: string;
  readonly input: Input;
  readonly lang: Lang | undefined;
  /** Where to send on a network that is pushed to; absent: not this turn's business. */
  readonly address?: string;
  readonly messageId?: string | undefined;
  readonly replaces?: string | undefined;
}

/**
 * One turn around the core: load, advance, commit, hand back what to deliver. A turn rejects with `StoreError`
 * when nothing was committed; the network repeats the input and it has its effect then, once.
 */
export class Bot {
  readonly #deps: BotDeps;
  readonly #queue = new KeyedQueue();
  readonly #recent = new RecentStates();

  constructor(deps: BotDeps) {
    this.#deps = deps;
  }

  /** Resolves once the turn is committed: only then may the network be told "received". */
  turn(inbound: Inbound): Promise<TurnReceipt> {
    const { channel, chat, input, lang, id, messageId, replaces } = inbound;
    const key = this.#deps.keyOf(channel, chat);
    const { pushed, canClear } = limitsOf(channel);
    const job: Job = {
      key,
      channel,
      inputId: id,
      input,
      lang,
      replaces,
      messageId: canClear ? messageId : undefined,
      ...(pushed && { address: chat }),
    };
    return this.#queue.run(key, () => this.#run(job));
  }

  /**
   * Looks after everybody whose waiting time is over or whose help position has to be forgotten. Resolves with those
   * for whom there are messages now.
   */
  async tick(): Promise<readonly DueCitizen[]> {
    const now = this.#deps.now();
    this.#recent.sweep(now);
    this.#deps.drafts.sweep(now);
    const due = await this.#deps.store.due(now, TICK_BATCH);
    const turned = await Promise.all(
      due.map(async ({ key, channel }) => {
        const job: Job = { key, channel, inputId: "", input: { kind: "tick" }, lang: undefined };
        const { messages } = await this.#queue.run(key, () => this.#run(job));
        return messages.length > 0 ? [{ key, channel }] : [];
      }),
    );
    return turned.flat();
  }

  /** Sends this citizen a broadcast, in turn with what they write. Rejects with `StoreError` when nothing was committed. */
  handOut(handout: Handout): Promise<HandedOut> {
    return this.#queue.run(handout.key, () => handOut(handout, this.#deps, this.#recent));
  }

  /** Deletes all that is held about a citizen, after any turn of theirs that is still running. Safe to repeat. */
  forget(channel: ChannelName, chat: string): Promise<void> {
    const key = this.#deps.keyOf(channel, chat);
    return this.#queue.run(key, async () => {
      this.#recent.drop(key);
      this.#deps.drafts.wipe(key);
      await this.#deps.store.commit(emptyCommit(key, channel, this.#deps.now()));
    });
  }

  /** As `CitizenStore.pending`, with the words that only memory holds. */
  async pending(channel: ChannelName, chat: string, after: number, most?: number): Promise<readonly NumberedMessage[]> {
    const key = this.#deps.keyOf(channel, chat);
    return this.#revealed(key, await this.#deps.store.pending(key, after, most));
  }

  /** A letter this citizen made, as a file; null when memory no longer holds it. */
  file(channel: ChannelName, chat: string, id: string, format: Format): Promise<Buffer | null> {
    return this.#deps.drafts.file(this.#deps.keyOf(channel, chat), id, format, this.#deps.now());
  }

  /** What such a letter says, as texts within the channel's limits; empty when memory no longer holds it. */
  letter(channel: ChannelName, chat: string, id: string): readonly string[] {
    const { drafts, keyOf, now } = this.#deps;
    return drafts.text(keyOf(channel, chat), id, limitsOf(channel), now());
  }

  /** Whether an input is the word this citizen chose for quick exit: no limit may hold that back. */
  async isSafeWord(channel: ChannelName, chat: string, input: Input): Promise<boolean> {
    if (input.kind !== "text") return false;
    const { store, keyOf, now, worldAt } = this.#deps;
    const key = keyOf(channel, chat);
    const { session } = await store.load(key, "");
    return isSafeWord(readSession(session)?.me.safe_word, input.text, worldAt(now(), key, channel));
  }

  /** Resolves when no turn is running any more. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** The same, and memory holds nothing of anybody afterwards. */
  async close(): Promise<void> {
    await this.idle();
    this.#recent.clear();
    this.#deps.drafts.clear();
  }

  async #run(job: Job): Promise<TurnReceipt> {
    const { store, program, worldAt } = this.#deps;
    const record = await store.load(job.key, job.inputId);
    if (record.seen) return this.#repeat(job, record);
    const now = this.#deps.now();
    const before = this.#stateOf(job, record, now);
    const { state, effects } = advance(program, before, job.input, worldAt(now, job.key, job.channel));
    const leaves = job.input.kind !== "tick" && this.#leaves(job, state, effects);
    const erases = leaves ? await this.#wipe(job, record.seq) : undefined;
    const commit = this.#commitOf(job, before, state, effects, erases, now);
    const { duplicate, messages } = await store.commit(commit);
    if (commit.session === null) this.#recent.drop(job.key);
    else this.#recent.keep(job.key, state, now);
    return {
      duplicate,
      messages: this.#revealed(job.key, messages),
      parting: commit.session === null,
      ...this.#standing(commit.session === null ? null : state.session),
    };
  }

  /** The input had its effect before: what it said is handed over again, nothing happens. */
  async #repeat(job: Job, record: CitizenRecord): Promise<TurnReceipt> {
    const messages = this.#revealed(job.key, await this.#deps.store.pending(job.key, 0));
    return { duplicate: true, messages, parting: false, ...this.#standing(readSession(record.session)) };
  }

  /** Where a person stands after a turn, for the receipt; null: forgotten. */
  #standing(session: Session | null): Pick<TurnReceipt, "flow" | "node" | "lang" | "keep"> {
    const top = session?.frames.at(-1);
    const lang = session?.me.lang ?? this.#deps.program.defaultLang;
    return { flow: top?.flow ?? null, node: top?.node ?? null, lang, keep: session?.me.keep === true };
  }

  /**
   * Nothing of this person stays in memory, and what is still on its way, up to `seq`, does not come any more. Gives
   * the messages that can be taken off their screen.
   */
  async #wipe({ key, channel, messageId }: Job, seq: number): Promise<readonly string[]> {
    const { drafts, store } = this.#deps;
    drafts.wipe(key);
    await store.delivered(key, seq);
    const { pushed, canClear, clearMs } = limitsOf(channel);
    if (!pushed || !canClear) return [];
    return [...(await store.trail(key, this.#deps.now() - clearMs)), ...(messageId === undefined ? [] : [messageId])];
  }

  /** Quick exit, deleting everything, and blocking the bot. */
  #leaves({ input }: Job, { session }: State, effects: readonly Effect[]): boolean {
    const exit = this.#deps.program.roles.exit;
    if (input.kind === "left" || session.frames.at(-1)?.flow === exit) return true;
    return effects.some((effect) => effect.kind === "forget");
  }

  #stateOf(job: Job, record: CitizenRecord, now: number): State {
    const recent = this.#recent.recall(job.key, record.session, now);
    if (recent !== undefined) return recent;
    const session = readSession(record.session);
    return session === null ? freshState(now, job.lang) : { session, heard: {} };
  }

  #commitOf(
    job: Job,
    before: State,
    after: State,
    effects: readonly Effect[],
    erases: readonly string[] | undefined,
    now: number,
  ): TurnCommit {
    const { program, provinceOf } = this.#deps;
    const forgotten = effects.some((effect) => effect.kind === "forget");
    const lang = after.session.me.lang ?? program.defaultLang;
    return {
      ...emptyCommit(job.key, job.channel, now),
      inputId: job.inputId,
      at: job.input.kind === "tick" ? after.session.at : now,
      session: forgotten ? null : saved(program, after.session),
      address: job.address ?? null,
      trail: job.messageId === undefined ? [] : [job.messageId],
      messages: inPlace(this.#messages(job, effects, lang, now), job.replaces, erases),
      wakeAt: wakeAt(program, after),
      expiresAt: expiresAt(after.session, job.channel),
      counts: countsOf(
        { channel: job.channel, left: job.input.kind === "left", before, after, effects, now },
        provinceOf,
      ),
      referrals: effects.flatMap((effect) => {
        if (effect.kind !== "referral" && effect.kind !== "close-referral") return [];
        return [{ service: effect.service, open: effect.kind === "referral" }];
      }),
      submissions: effects.flatMap((effect) =>
        effect.kind === "submit" ? [{ box: effect.box, text: effect.text, day: vietnamDay(now) }] : [],
      ),
    };
  }

  #messages({ key, channel }: Job, effects: readonly Effect[], lang: Lang, now: number): OutMessage[] {
    const limits = limitsOf(channel);
    return effects.flatMap((effect) => {
      if (effect.kind !== "send") return [];
      return render(this.#deps.drafts.shelve(key, effect.screen, limits, now), lang, limits, this.#deps.say);
    });
  }

  #revealed(key: CitizenKey, messages: readonly NumberedMessage[]): readonly NumberedMessage[] {
    return this.#deps.drafts.reveal(key, messages, this.#deps.now());
  }
}
