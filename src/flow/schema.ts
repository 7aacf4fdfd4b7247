import { z } from "zod";
import { Duration, Lang, Slug, VarName } from "./ids.ts";
import { AskNode } from "./nodes/ask.ts";
import { BranchNode } from "./nodes/branch.ts";
import { CallNode } from "./nodes/call.ts";
import { CampaignNode } from "./nodes/campaign.ts";
import { CountNode } from "./nodes/count.ts";
import { EndNode } from "./nodes/end.ts";
import { ForgetNode } from "./nodes/forget.ts";
import { FormNode } from "./nodes/form.ts";
import { GotoNode } from "./nodes/goto.ts";
import { LinkNode } from "./nodes/link.ts";
import { MediaNode } from "./nodes/media.ts";
import { PlaceNode } from "./nodes/place.ts";
import { QuizNode } from "./nodes/quiz.ts";
import { ReferralNode } from "./nodes/referral.ts";
import { SafeWordNode } from "./nodes/safe-word.ts";
import { SayNode } from "./nodes/say.ts";
import { ServicesNode } from "./nodes/services.ts";
import { SetNode } from "./nodes/set.ts";
import { SplitNode } from "./nodes/split.ts";
import { StatementNode } from "./nodes/statement.ts";
import { SubmitNode } from "./nodes/submit.ts";
import { SubscribeNode } from "./nodes/subscribe.ts";
import { TipNode } from "./nodes/tip.ts";
import { UnsubscribeNode } from "./nodes/unsubscribe.ts";
import { WaitNode } from "./nodes/wait.ts";

export const FlowNode = z.discriminatedUnion("kind", [
  SayNode,
  AskNode,
  PlaceNode,
  ServicesNode,
  StatementNode,
  QuizNode,
  TipNode,
  CampaignNode,
  BranchNode,
  SplitNode,
  SetNode,
  CountNode,
  CallNode,
  GotoNode,
  SubscribeNode,
  UnsubscribeNode,
  ReferralNode,
  MediaNode,
  LinkNode,
  WaitNode,
  SubmitNode,
  ForgetNode,
  FormNode,
  SafeWordNode,
  EndNode,
]);
export type FlowNode = z.infer<typeof FlowNode>;
export type NodeKind = FlowNode["kind"];

/** What starts a flow from anywhere outside a question that expects typed words. */
export const Triggers = z.strictObject({
  /** `/name` typed in any channel. */
  commands: z.array(Slug).default([]),
  /** Whole messages, with or without tone marks and capitals. */
  keywords: z.array(z.string().min(1)).default([]),
  /** Deep-link payloads: `?start=<payload>`. */
  payloads: z.array(Slug).default([]),
});

/** One conversation script: a file of `flows/`. */
export const Flow = z.strictObject({
  flow: Slug,
  version: z.int().positive(),
  /** `nothing`: neither the store nor a log may learn more than the position, and that only for minutes. */
  keeps: z.literal("nothing").optional(),
  /** A pause longer than this forgets the place in the flow. */
  expires: Duration.default("24h"),
  start: Slug,
  /**
   * Where the channel can edit, a question of this flow that a button answered gives way to what follows, so that a
   * short conversation stays short. Never a screen with services, facts, links or files.
   */
  passing: z.literal(true).optional(),
  /**
   * A trigger opens this flow on top of wherever the person is, strangers too, and its end leads back there. Its keywords
   * are read before what a question takes as typed words.
   */
  aside: z.literal(true).optional(),
  /** Variables that a caller may hand in. */
  takes: z.array(VarName).default([]),
  triggers: Triggers.prefault({}),
  /** Where typed words lead that fit nothing here; without it the question is asked again. */
  lost: Slug.optional(),
  /** Nodes that an edit removed, and where people standing on them go. */
  moved: z.record(Slug, Slug).default({}),
  nodes: z.record(Slug, FlowNode),
});
export type Flow = z.infer<typeof Flow>;

const Words = z.strictObject({ vi: z.array(z.string().min(1)), en: z.array(z.string().min(1)) });

/** `flows/program.yaml`: which flow has which part, and the words that always work. */
export const ProgramFile = z.strictObject({
  program: z.literal(1),
  default_lang: Lang,
  /** The first meeting. */
  start: Slug,
  menu: Slug,
  /** `urgent` is the node of the help flow shown when the safety screen hears danger. */
  help: z.strictObject({ flow: Slug, urgent: Slug }),
  /** What is shown for a picture, a voice message, a sticker; without it one sentence and the question again. */
  unreadable: Slug.optional(),
  /** Quick exit: safe words lead here. */
  exit: Slug,
  forget: Slug,
  stop: Slug,
  /** Whole messages and `/commands` that switch the language and ask the same question again. */
  languages: Words.prefault({ vi: [], en: [] }),
  /** Of the help words those that tell of danger now: they open help at `help.urgent`. */
  danger: Words.prefault({ vi: [], en: [] }),
  /** What people type for a choice `yes` or `no`, beside its label. */
  answers: z.strictObject({ yes: Words, no: Words }).prefault({ yes: { vi: [], en: [] }, no: { vi: [], en: [] } }),
  /** Whole messages that work in every state, with or without tone marks; also as `/word`. */
  words: z.strictObject({ help: Words, exit: Words, forget: Words, stop: Words, menu: Words }),
});
export type ProgramFile = z.infer<typeof ProgramFile>;
