import { createHash, randomBytes } from "node:crypto";

/** The same name gives the same 20 hex characters on every network started. */
export function hexOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 20);
}

/** The same name gives the same 19 decimal digits, beyond what a number can hold. */
export function digitsOf(name: string, prefix: string): string {
  const digits = BigInt(`0x${hexOf(name)}`)
    .toString()
    .padStart(19, "0");
  return `${prefix}${digits}`.slice(0, 19);
}

/** Ids of messages: 20 hex characters, other ones on every network started. */
export function createIds(prefix: string): () => string {
  const stamp = randomBytes(4).toString("hex");
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}${stamp}${last.toString(16).padStart(12 - prefix.length, "0")}`;
  };
}

/** A token that nobody guesses. */
export function freshToken(): string {
  return randomBytes(32).toString("base64url");
}
