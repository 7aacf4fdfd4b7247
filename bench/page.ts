/** `docs/bench.md` around the tables of one call. */
export function pageOf(report: string): string {
  return `${HEAD}\n\n${report}\n\n${HOW}\n`;
}

const HEAD = `# Measurements

\`npm run bench -- --write\` wrote this page; \`npm run bench\` prints the same tables and writes nothing, \`npm run
bench -- --quick\` takes under a minute and is less exact. The other libraries live in \`bench/\` with their own
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
  replaced by a list. grammY conversations makes its own API objects, so its messages pass through grammY's client up to
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
* **First reply**: a new process each time, from its start to the first line of output for one typed line, or to the
  first answered \`POST /api/chat\`. The very first start has no compile cache, no parsed content and no data folder;
  \`npm ci\` prepares the first two (\`an-tam.mjs warm\`), so that a stranger begins with a later start.`;
