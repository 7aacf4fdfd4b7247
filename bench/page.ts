import { readFile } from "node:fs/promises";
import { CITIZENS } from "./measure.ts";
import { EVEN } from "./webhook/measure.ts";

/** The measured parts of `docs/bench.md`, each written by a call of its own; empty before the first. */
export interface Page {
  readonly report: string;
  readonly pace: string;
}

export async function readPage(file: string): Promise<Page> {
  const text = await readFile(file, "utf8");
  return { report: partOf(text, "report"), pace: partOf(text, "pace") };
}

/** The page around them. */
export function textOf({ report, pace }: Page): string {
  return `${[HEAD, marked("report", report), marked("pace", pace), HOW].join("\n\n")}\n`;
}

function marked(part: keyof Page, text: string): string {
  return `<!-- ${part} -->\n\n${text}\n\n<!-- end of ${part} -->`;
}

function partOf(text: string, part: keyof Page): string {
  const [, after = ""] = text.split(`<!-- ${part} -->`);
  const [within = ""] = after.split(`<!-- end of ${part} -->`);
  return within.trim();
}

const HEAD = `# Measurements

\`npm run bench -- --write\` wrote this page; \`npm run bench\` prints the same tables and writes nothing, \`npm run
bench -- --quick\` takes about a minute and is less exact. Broadcasts are measured by \`npm run bench -- pace\`, with the
same two options, in less than eight minutes; the other tables stay as they are. The other libraries live in \`bench/\` with their own
\`package.json\`; the command installs them when they are missing.`;

const HOW = `## What decides the durable figures

The price of a flush. The others pay it once per update, however many updates are in flight; An Tâm pays it once for all
turns that are in flight together. Where a flush takes a millisecond, that is worth more than everything else; where it
takes a few hundredths of one (a virtual disk that keeps writes in its host's memory), sharing it saves nothing and only
the processor counts. There An Tâm is slower than libraries that save one row, because a turn of it saves more: the id
of the input, so that a repeat has no effect, and each message, sealed, so that a crash loses none. "With update ids
and outbox" is grammY with both of these (unsealed), for comparing like with like; no goal is held against it.
"On a slower disk" adds one millisecond to every flush of every contender, by waiting.

## How it is measured

* **The conversation** (\`bench/conversation.ts\`, our flow in \`bench/flows/\`) has twelve turns: from the menu to ten
  questions, five with buttons and five with typed numbers, one branch half way and one at the end, the result, and
  back. Before anything is timed, every contender holds it twice and must give the same texts and the same number of
  buttons, word for word.
* **The others are written as their guides show**: a wizard scene in telegraf, one function in grammY conversations v2,
  session plugin and \`route\` in grammY, one machine and the pure \`transition\` in XState. Their texts come from a plain
  function, the cheapest way; nothing answers the pressed button, which a real bot would do in addition. The network is
  replaced by a list, but for the webhooks. grammY conversations makes its own API objects, so its messages pass through grammY's client up to
  \`fetch\`; it also waits for a timer of about a millisecond in every turn, which 64 turns in flight share.
* **In memory**: "engine" is \`advance\` with screens as data; "engine and texts" is the same up to the finished
  messages of one channel, which is what the others produce, and the goal is held against it. The others keep session
  objects in a map. Nothing is serialised.
* **On disk**: ours is the whole turn of the product with all its flows, words and content: key, load, safe words,
  safety screen, engine, texts, one commit with session, input id, sealed outbox and counts, and the note that the
  messages were delivered. The others write one row per update, as their storage adapters do, and remember neither
  input ids nor messages. All use \`node:sqlite\`, write-ahead log, \`synchronous = FULL\`: a turn counts once its data is
  flushed.
* **Every turn** is that of a citizen picked by chance among all. Rounds are interleaved (A B C A B C …); a rate is the
  median of the rounds, a ratio the median of the ratios of single rounds, p50 and p99 are over all turns.
* **By webhook**: the product as \`an-tam start\` serves it, in a process of its own, in a folder where the measured
  conversation lies beside its flows; Telegram is on, its API root is a local process that takes every call at once.
  The same updates (secret header, HTTP/1.1 connections that stay open, citizens picked by chance among ${CITIZENS.toLocaleString("en-US")})
  go to each peer's own webhook handler on \`node:http\`, also in a process of its own, and to a bare \`node:http\` server
  that reads, parses and answers 200. Processes that are not measured are stopped meanwhile. The load comes from plain
  sockets and costs less for each update than the bare server does. Before anything is timed, one citizen talks with
  everybody, and the API root must get the replies of the script.
  Everybody acknowledges after the session is saved. The peers send as their guides show: each message is awaited
  before the acknowledgement, and so is the answer to a press in grammY; in telegraf that is part of the
  acknowledgement. "Flushed" sessions are those of "on disk"; "in memory" ones are lost with the process. An Tâm
  acknowledges once session, input id and messages are flushed, and sends afterwards, no faster than Telegram permits
  (30 messages a second): the last column shows that what it owes is not sent within these seconds but waits in its
  outbox, while the peers send more than Telegram would take. It answers
  presses in the webhook response.
* **At an even rate** each update has a moment at which it is due, whatever became of those before, and its latency is
  counted from that moment to the acknowledgement; ${EVEN.citizens} citizens take turns, over up to 40 connections.
* **First reply**: a new process each time, from its start to the first line of output for one typed line, or to the
  first answered \`POST /api/chat\`. The very first start has no compile cache, no parsed content and no data folder;
  \`npm ci\` prepares the first two (\`an-tam.mjs warm\`), so that a stranger begins with a later start.`;
