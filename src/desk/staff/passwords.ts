import { hash, parseOptions, verify } from "@node-rs/argon2";
import { fold } from "../../language/fold.ts";
import type { FieldIssue } from "../problem.ts";

/** What Argon2id costs: memory in KiB, passes, lanes. */
export interface PasswordCost {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet, Argon2id. */
export const OWASP_COST: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Code points. NIST SP 800-63B-4 asks for 15 where a password stands alone, 8 beside a second factor. */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

export interface Passwords {
  /** Argon2id in PHC form. */
  hash(password: string): Promise<string>;
  /** Takes as long for `null`, which fits nothing. */
  fits(stored: string | null, password: string): Promise<boolean>;
  /** Whether it was made at another cost than today's. */
  isStale(stored: string): boolean;
  /** Why somebody may not choose it; empty: they may. `field`: where it was entered. */
  issues(
    password: string,
    whose: { readonly login: string; readonly name: string },
    field: string,
  ): readonly FieldIssue[];
}

/** `common`: what people choose most often, folded, as in `content/desk/common-passwords.txt`. */
export function createPasswords(common: ReadonlySet<string>, cost: PasswordCost = OWASP_COST): Passwords {
  const nobodys = hashOfNothing(cost);
  return {
    hash: (password) => hash(composed(password), cost),
    fits: async (stored, password) => (await verify(stored ?? nobodys, composed(password))) && stored !== null,
    isStale(stored) {
      const { memoryCost, timeCost, parallelism } = parseOptions(stored);
      return memoryCost !== cost.memoryCost || timeCost !== cost.timeCost || parallelism !== cost.parallelism;
    },
    issues(password, whose, field) {
      const why = weakness(composed(password), whose, common);
      return why === null ? [] : [{ field, text: `desk.invalid.password-${why}` }];
    },
  };
}

/** Of `content/desk/common-passwords.txt`: one a line, `#` begins a remark. */
export function parseCommonPasswords(text: string): ReadonlySet<string> {
  const lines = text.split("\n").map((line) => line.trim());
  return new Set(lines.filter((line) => line !== "" && !line.startsWith("#")).map(letters));
}

const PRODUCT = "antam";
/** A shorter name stands in too many words by chance. */
const TELLING_LENGTH = 4;
/** Written again and again, so few characters are no secret. */
const SHORTEST_PATTERN = 3;

type Weakness = "short" | "long" | "common" | "personal";

function weakness(
  password: string,
  { login, name }: { readonly login: string; readonly name: string },
  common: ReadonlySet<string>,
): Weakness | null {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) return "short";
  if (length > PASSWORD_LENGTH.most) return "long";
  const plain = letters(password);
  const own = [login, login.split("@")[0] ?? login, name].map(letters).filter((word) => word.length >= TELLING_LENGTH);
  if ([PRODUCT, ...own].some((word) => plain.includes(word))) return "personal";
  return onceOf(password).length <= SHORTEST_PATTERN || isCommon(plain, common) ? "common" : null;
}

/** A common password stays one with digits around it, and when it is written several times. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const once = onceOf(plain);
  const bare = once.replace(/^\d+|\d+$/g, "");
  return [plain, once, once.replace(/\d+$/, ""), bare, onceOf(bare)].some((word) => common.has(word));
}

/** The shortest text of which this one is a repetition: "abcabc" gives "abc". */
function onceOf(text: string): string {
  const length = `${text}${text}`.indexOf(text, 1);
  return length > 0 ? text.slice(0, length) : text;
}

/** Folded, and only letters and digits of it: how people vary a word they know. */
function letters(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The same password from every keyboard. */
function composed(password: string): string {
  return password.normalize("NFC");
}

/** Well formed and equally expensive to check, but the hash of no password. */
function hashOfNothing({ memoryCost, timeCost, parallelism }: PasswordCost): string {
  const [salt, digest] = [Buffer.alloc(16, 1), Buffer.alloc(32)].map((part) =>
    part.toString("base64").replaceAll("=", ""),
  );
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${digest}`;
}
