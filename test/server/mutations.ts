/** A source of chance in [0, 1). */
export type Random = () => number;

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** Values that nobody expects where they turn up. */
const WILD: readonly unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], { "": "" }],
  ...[0, -0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324],
  ...["", " ", "0", "null", "\u0000", "\ud800", "\u202e\u200f", "e\u0302\u0301".repeat(500), "a".repeat(5_000)],
  ...["__proto__", "constructor", "toString", "../../etc/passwd", "' OR 1=1 --", "::help", "a:b:c", "/start _01"],
  ...["http://169.254.169.254/latest/", "file:///etc/passwd", "http://localhost:1/", "javascript:alert(1)"],
  ...["giúp", "/xoa", "menu", "1", "99999999999999999999", "Hà Nội", "🙂".repeat(300)],
];
const KEYS = ["__proto__", "constructor", "prototype", "hasOwnProperty", "then", "toJSON", "length", ""] as const;

/** The value with one place in it changed: another value, another type, a key less or more, something nested. */
export function mutate(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || random() < 0.15) return wildFor(value, random);
  if (Array.isArray(value)) return mutateList(value, random);
  return mutateObject(Object.entries(value), random);
}

function mutateList(list: readonly unknown[], random: Random): unknown {
  if (list.length === 0 || random() < 0.2) return Array.from({ length: 50 }, () => list[0] ?? pick(random, WILD));
  const at = Math.floor(random() * list.length);
  return list.map((item, i) => (i === at ? mutate(item, random) : item));
}

/** Built from entries, so that `__proto__` becomes a key like any other. */
function mutateObject(entries: readonly (readonly [string, unknown])[], random: Random): unknown {
  const at = Math.floor(random() * entries.length);
  const chance = random();
  if (entries.length === 0 || chance < 0.1) {
    return Object.fromEntries([...entries, [pick(random, KEYS), pick(random, WILD)]]);
  }
  if (chance < 0.2) return Object.fromEntries(entries.filter((_, i) => i !== at));
  return Object.fromEntries(entries.map(([key, item], i) => [key, i === at ? mutate(item, random) : item]));
}

function wildFor(value: unknown, random: Random): unknown {
  if (typeof value === "number" && random() < 0.5) return Math.floor(random() * 2 ** 40);
  if (typeof value === "string" && random() < 0.3) return String(Math.floor(random() * 2 ** 40));
  if (random() < 0.1) return nested(value, 1 + Math.floor(random() * 200));
  return pick(random, WILD);
}

function nested(value: unknown, depth: number): unknown {
  let outer = value;
  for (let i = 0; i < depth; i++) outer = i % 2 === 0 ? [outer] : { message: outer };
  return outer;
}

type Damage = (body: Buffer, random: Random) => Buffer;

/** What happens to bytes rather than to values. */
const DAMAGES: readonly Damage[] = [
  (body, random) => body.subarray(0, Math.floor(random() * body.length)),
  (body, random) => splice(body, random, Buffer.from([0xff, 0xc0, 0x80])),
  (body, random) => splice(body, random, Buffer.from([Math.floor(random() * 256)])),
  (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
  (body) => Buffer.concat([body, body]),
  (body) => Buffer.from(body.toString("utf8").replace(/\d+/, "1e99999")),
  (body) => Buffer.from(body.toString("utf8").replace(/\d+/, "9".repeat(400))),
  (body) => Buffer.from(body.toString("utf8").replace(/^\{/, '{"__proto__":{"admin":true},')),
  (_body, random) => Buffer.from("[".repeat(Math.floor(random() * 20_000))),
  (_body, random) => Buffer.from('{"message":'.repeat(Math.floor(random() * 2_000))),
  (body) => Buffer.from(body.toString("latin1"), "utf16le"),
  () => Buffer.alloc(0),
  () => Buffer.alloc(3_000_000, " "),
];

function splice(body: Buffer, random: Random, piece: Buffer): Buffer {
  const at = Math.floor(random() * body.length);
  return Buffer.concat([body.subarray(0, at), piece, body.subarray(at)]);
}

/** A body made from one of the sound ones: changed in one to four places, and in one of five cases damaged as bytes. */
export function anyBody(seeds: readonly unknown[], random: Random): Buffer {
  let value = pick(random, seeds);
  for (let changes = Math.floor(random() * 5); changes > 0; changes--) value = mutate(value, random);
  const body = Buffer.from(JSON.stringify(value) ?? "");
  return random() < 0.2 ? pick(random, DAMAGES)(body, random) : body;
}
