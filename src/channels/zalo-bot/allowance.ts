import { z } from "zod";
import { vietnamDay } from "../../campaign/vietnam-day.ts";

/** What an operator is told once a month, by the name of the notice. */
const ALLOWANCE_NOTICES = ["people-near-cap", "people-at-cap", "messages-near-cap", "messages-at-cap"] as const;
export type AllowanceNotice = (typeof ALLOWANCE_NOTICES)[number];

/** 1,024 bits as base64. */
const BITMAP_BYTES = 128;
const BITS = BITMAP_BYTES * 8;

/**
 * How much of the plan is used, without saying by whom. `sent` and `told` are of `month` (Viet Nam's), `people` goes on:
 * whether the network's cap is monthly is not known.
 */
export const Allowance = z.strictObject({
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  /** Messages the network took. */
  sent: z.int().nonnegative(),
  /** A bitmap of 1,024 bits with one bit set for each person, chosen by a keyed hash that several people share. */
  people: z.base64().refine((text) => Buffer.from(text, "base64").length === BITMAP_BYTES),
  told: z.array(z.enum(ALLOWANCE_NOTICES)),
});
export type Allowance = z.infer<typeof Allowance>;

/** Where the allowance survives a restart. Both may reject with `StoreError`. */
export interface AllowanceStore {
  read(): Promise<Allowance | null>;
  write(allowance: Allowance): Promise<void>;
}

/** What the operator's plan permits. */
export interface Caps {
  readonly people: number;
  readonly messages: number;
}

/** The allowance as people read it: `people` is an estimate, within two or three of a hundred. */
export interface AllowanceNow {
  readonly month: string;
  readonly sent: number;
  readonly people: number;
}

/** What is used at `now`, milliseconds since 1970. */
export function allowanceNow(stored: Allowance | null, now: number): AllowanceNow {
  const { month, sent, people } = inMonthOf(stored, now);
  return { month, sent, people: estimate(people) };
}

/** The allowance as it stands at `now`: a new month starts with no message sent and nothing told. */
export function inMonthOf(stored: Allowance | null, now: number): Allowance {
  const month = vietnamDay(now).slice(0, "YYYY-MM".length);
  if (stored?.month === month) return stored;
  return { month, sent: 0, people: stored?.people ?? Buffer.alloc(BITMAP_BYTES).toString("base64"), told: [] };
}

/** The same allowance when this person is in it already. `hash` has at least two bytes. */
export function withPerson(allowance: Allowance, hash: Buffer): Allowance {
  const bit = hash.readUInt16BE(0) % BITS;
  const bitmap = Buffer.from(allowance.people, "base64");
  const byte = bitmap[bit >> 3] ?? 0;
  const mask = 1 << (bit & 7);
  if ((byte & mask) !== 0) return allowance;
  bitmap[bit >> 3] = byte | mask;
  return { ...allowance, people: bitmap.toString("base64") };
}

export interface Warning {
  readonly notice: AllowanceNotice;
  readonly used: number;
  readonly cap: number;
}

/** What the operator has to hear now and has not heard this month: from 80 % and from 100 % of each cap. */
export function warningsOf(allowance: Allowance, caps: Caps): readonly Warning[] {
  const people = { used: estimate(allowance.people), cap: caps.people };
  const messages = { used: allowance.sent, cap: caps.messages };
  const due: (Warning | false)[] = [
    isNear(people) && { notice: "people-near-cap", ...people },
    isAt(people) && { notice: "people-at-cap", ...people },
    isNear(messages) && { notice: "messages-near-cap", ...messages },
    isAt(messages) && { notice: "messages-at-cap", ...messages },
  ];
  return due.filter((warning) => warning !== false).filter(({ notice }) => !allowance.told.includes(notice));
}

interface Use {
  readonly used: number;
  readonly cap: number;
}

function isNear({ used, cap }: Use): boolean {
  return used >= cap * 0.8 && used < cap;
}

function isAt({ used, cap }: Use): boolean {
  return used >= cap;
}

/** Linear counting: the share of bits nobody set tells how many different people set the others. */
function estimate(people: string): number {
  let unset = BITS;
  for (const byte of Buffer.from(people, "base64")) unset -= onesOf(byte);
  return Math.round(-BITS * Math.log(Math.max(unset, 1) / BITS));
}

function onesOf(byte: number): number {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
}
