import { deepStrictEqual, ok } from "node:assert/strict";
import { z } from "zod";
import { NETWORKS, type NetworkName } from "../../support/networks/rig.ts";
import { runCommand } from "../../support/server.ts";
import { type Counted, sum } from "../../system/conversations.ts";
import { countsIn, query } from "../../system/database.ts";
import type { Conversation } from "./load.ts";
import { knownIn } from "./reference.ts";

/** Throws unless everybody stands where their last input led, is known as agreed, and no message was numbered twice. */
export function checkConversations(conversations: readonly Conversation[]): void {
  for (const { talk, outcomes } of conversations) {
    const last = outcomes.at(-1);
    if (last === undefined) continue;
    const stored = talk.stored();
    const found = {
      flow: stored?.top?.flow ?? null,
      node: stored?.top?.node ?? null,
      known: knownIn(stored?.session ?? null),
      seq: stored?.seq,
      waiting: stored?.waiting,
    };
    const { flow, node, known } = last;
    deepStrictEqual(found, { flow, node, known, seq: talk.due, waiting: 0 }, "a conversation stands elsewhere");
  }
}

/** Throws unless counts and proposals are exact, and every message is settled once: sent, or given up by a rule. */
export async function checkFolder(dataDir: string, conversations: readonly Conversation[]): Promise<void> {
  deepStrictEqual(query(dataDir, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
  const proposals = conversations.flatMap((conversation) => conversation.proposals);
  deepStrictEqual(await proposalsIn(dataDir), proposals.sort(), "a proposal was lost or stored twice");
  const expected = new Map<string, number>();
  for (const { counted } of conversations.flatMap(({ outcomes }) => outcomes)) add(expected, counted);
  const counted = sum(countsIn(dataDir).filter(({ flow }) => flow !== DELIVERY));
  deepStrictEqual(sorted(counted), sorted(expected), "a count was lost or added twice");
  for (const network of NETWORKS) checkDelivery(dataDir, network, conversations);
}

const DELIVERY = "delivery";
const Settled = z.object({ count: z.string(), n: z.int() });

function checkDelivery(dataDir: string, network: NetworkName, all: readonly Conversation[]): void {
  const talks = all.map(({ talk }) => talk).filter((talk) => talk.network === network);
  const due = talks.reduce((total, talk) => total + talk.due, 0);
  const missing = talks.flatMap((talk) => talk.missing).length;
  const rows = query(dataDir, "SELECT count, n FROM count WHERE flow = ? AND channel = ?", DELIVERY, network);
  const settled = rows.map((row) => Settled.parse(row));
  const total = settled.reduce((sum, { n }) => sum + n, 0);
  const givenUp = settled.reduce((sum, { count, n }) => sum + (count === "sent" ? 0 : n), 0);
  deepStrictEqual({ network, total }, { network, total: due }, "a message was settled twice or never");
  ok(missing <= givenUp, `${network}: ${missing} replies are missing, ${givenUp} were given up`);
}

const Proposal = z.object({ text: z.string() });

async function proposalsIn(dataDir: string): Promise<string[]> {
  const { stdout } = await runCommand(["proposals"], { env: { DATA_DIR: dataDir } });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => Proposal.parse(JSON.parse(line)).text).sort();
}

function add(total: Map<string, number>, counted: Counted): void {
  for (const [name, n] of counted) total.set(name, (total.get(name) ?? 0) + n);
}

function sorted(counted: Counted): [string, number][] {
  return [...counted].sort(([a], [b]) => (a < b ? -1 : 1));
}
