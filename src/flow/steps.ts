import { ask } from "./nodes/ask.ts";
import { branch } from "./nodes/branch.ts";
import { call } from "./nodes/call.ts";
import { campaign } from "./nodes/campaign.ts";
import { count } from "./nodes/count.ts";
import { end } from "./nodes/end.ts";
import { forget } from "./nodes/forget.ts";
import { form } from "./nodes/form.ts";
import { goto } from "./nodes/goto.ts";
import { link } from "./nodes/link.ts";
import { media } from "./nodes/media.ts";
import { place } from "./nodes/place.ts";
import { quiz } from "./nodes/quiz.ts";
import { referral } from "./nodes/referral.ts";
import { safeWord } from "./nodes/safe-word.ts";
import { say } from "./nodes/say.ts";
import { services } from "./nodes/services.ts";
import { set } from "./nodes/set.ts";
import { split } from "./nodes/split.ts";
import { statement } from "./nodes/statement.ts";
import { submit } from "./nodes/submit.ts";
import { subscribe } from "./nodes/subscribe.ts";
import { tip } from "./nodes/tip.ts";
import { unsubscribe } from "./nodes/unsubscribe.ts";
import { wait } from "./nodes/wait.ts";
import type { FlowNode, NodeKind } from "./schema.ts";
import type { Step } from "./step.ts";

/** One entry per kind: a new kind without its step does not compile. */
const steps: { readonly [K in NodeKind]: Step<Extract<FlowNode, { kind: K }>> } = {
  ask,
  branch,
  call,
  campaign,
  count,
  end,
  forget,
  form,
  goto,
  link,
  media,
  place,
  quiz,
  referral,
  "safe-word": safeWord,
  say,
  services,
  set,
  split,
  statement,
  submit,
  subscribe,
  tip,
  unsubscribe,
  wait,
};

/** The step of a node's kind. */
export function stepOf<K extends NodeKind>(node: Extract<FlowNode, { kind: K }>): Step<Extract<FlowNode, { kind: K }>> {
  return steps[node.kind];
}
