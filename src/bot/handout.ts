import type { Compose, Composed } from "../broadcast/compose.ts";
import { topicFor } from "../broadcast/segment.ts";
import { limitsOf } from "../channels/limits.ts";
import type { OutMessage } from "../channels/message.ts";
import type { ChannelLimits, ChannelName } from "../channels/port.ts";
import { saved, wakeAt } from "../flow/expiry.ts";
import type { Lang, Topic } from "../flow/ids.ts";
import { readSession } from "../flow/migrations.ts";
import { withOffers } from "../flow/offers.ts";
import type { Program } from "../flow/program.ts";
import type { Session } from "../flow/session.ts";
import type { CitizenKey, CitizenStore } from "../stores/citizen-store.ts";
import type { LedgerState, Skip, Subscriber } from "../stores/ledger-store.ts";
import { emptyCommit } from "./empty-commit.ts";
import type { RecentStates } from "./memory.ts";
import { expiresAt } from "./retention.ts";

/** One broadcast for one person. */
export interface Handout {
  readonly run: string;
  readonly key: CitizenKey;
  readonly channel: ChannelName;
  /** Of the segment. */
  readonly topics: readonly Topic[];
  /** Whether the segment still has this person in it. */
  isMeant(person: Pick<Subscriber, "topics" | "channel" | "lang" | "place">): boolean;
  readonly compose: Compose;
}

/** What became of it. All but `later` stands in the ledger now. */
export type HandedOut =
  /** The row left `planned`. Where the channel is pushed to, the message has to be sent now; else the outbox has it. */
  | { readonly kind: "claimed"; readonly message: OutMessage; readonly lang: Lang }
  /** Not now: nothing pushes into a conversation. `at`: when to look again; milliseconds since 1970. */
  | { readonly kind: "later"; readonly at: number }
  /** `aborted`: there is nothing to show any more. */
  | { readonly kind: "skip"; readonly why: Extract<Skip, "unsubscribed" | "window-closed" | "aborted"> }
  /** The row was not planned any more, or the person was deleted meanwhile. Nothing happened. */
  | { readonly kind: "gone" };

interface HandoutDeps {
  readonly program: Program;
  readonly store: Pick<CitizenStore, "load" | "commit">;
  now(): number;
}

/** A session that a later version wrote, or that is damaged: only the person's next input can mend it. */
const UNREADABLE_MS = 3_600_000;
/** Somebody who wrote so lately is in a conversation. */
const TALKING_MS = 5 * 60_000;

/**
 * Hands a broadcast to one person unless they do not want it, cannot be written to, or are talking. Session, row and,
 * where the channel pulls, the message are one commit. Keeps nobody longer than their last input does.
 */
export async function handOut(handout: Handout, deps: HandoutDeps, recent: RecentStates): Promise<HandedOut> {
  const { key, channel } = handout;
  const now = deps.now();
  const record = await deps.store.load(key, "");
  if (record.session === null) return { kind: "gone" };
  const stored = readSession(record.session);
  if (stored === null) return { kind: "later", at: now + UNREADABLE_MS };
  const decided = decide(handout, stored, deps.program, now);
  if (decided.kind === "later") return decided;
  const before = recent.recall(key, record.session, now) ?? { session: stored, heard: {} };
  const state = decided.kind === "skip" ? before : withOffers(before, decided.composed.offers);
  const { pushed } = limitsOf(channel);
  const { duplicate } = await deps.store.commit({
    ...emptyCommit(key, channel, state.session.at),
    session: saved(deps.program, state.session),
    messages: decided.kind === "skip" || pushed ? [] : [decided.composed.message],
    wakeAt: wakeAt(deps.program, state),
    expiresAt: expiresAt(state.session, channel),
    claim: { run: handout.run, to: decided.kind === "skip" ? { state: "skipped", why: decided.why } : claimed(pushed) },
  });
  if (duplicate) return { kind: "gone" };
  recent.keep(key, state, now);
  if (decided.kind === "skip") return decided;
  return { kind: "claimed", message: decided.composed.message, lang: decided.lang };
}

type Decision =
  | Extract<HandedOut, { kind: "later" | "skip" }>
  | { readonly kind: "send"; readonly composed: Composed; readonly lang: Lang };

function decide(handout: Handout, session: Session, program: Program, now: number): Decision {
  const limits = limitsOf(handout.channel);
  const topic = wantedAs(handout, session);
  if (topic === undefined) return { kind: "skip", why: "unsubscribed" };
  const at = talksUntil(program, session);
  if (at > now) return { kind: "later", at };
  if (isTooLate(limits, session, now)) return { kind: "skip", why: "window-closed" };
  const lang = session.me.lang ?? program.defaultLang;
  const composed = handout.compose(lang, limits, topic);
  return composed === null ? { kind: "skip", why: "aborted" } : { kind: "send", composed, lang };
}

/** The topic by which this person wants it; undefined when they do not. */
function wantedAs(handout: Handout, { topics, me }: Session): Topic | undefined {
  const isMeant = handout.isMeant({ topics, channel: handout.channel, lang: me.lang, place: me.place });
  return isMeant ? topicFor(handout, topics) : undefined;
}

function isTooLate({ messageWindowMs }: ChannelLimits, { at }: Session, now: number): boolean {
  return messageWindowMs !== null && now - at >= messageWindowMs;
}

function claimed(pushed: boolean): LedgerState {
  return { state: pushed ? "sending" : "sent" };
}

/**
 * Until when nothing may push into what somebody is doing: a conversation about help, the quiet after a quick exit, for as
 * long as these last, and any other for minutes.
 */
function talksUntil({ flows, roles }: Program, { at, frames }: Session): number {
  const times = frames.flatMap(({ flow }) => {
    const linked = flows.get(flow);
    return linked?.keepsNothing || flow === roles.exit ? [at + (linked?.expiresMs ?? 0) + 1] : [];
  });
  return Math.max(at + TALKING_MS, ...times);
}
