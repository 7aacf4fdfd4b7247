import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from "node:crypto";
import { link, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ChannelName } from "../channels/port.ts";
import { AppError, StoreError } from "../errors.ts";
import type { CitizenKey } from "./citizen-store.ts";
import { createPrivateFile, flushFolder, hasCode } from "./durable-files.ts";

/** The secrets of one installation. Whoever has them can tell which citizen a key belongs to; nobody else can. */
export interface Keyring {
  /** Names the keys without giving them away; a database remembers which ones it was written with. */
  readonly id: string;
  /** Always the same for the same chat, different for every other chat and for other keys. */
  citizenKey(channel: ChannelName, chat: string): CitizenKey;
  /** Tells whether this citizen chose these words as a safe word: 32 characters, other ones for everybody else. */
  safeWordDigest(citizen: CitizenKey, words: string): string;
  /** Always the same for the same purpose and keys, 43 characters of base64url; tells nothing about other purposes. */
  secretFor(purpose: string): string;
  /** AES-256-GCM. `about` says what the text is and whose; opening it needs the same `about`. */
  seal(plain: string, about: string): Uint8Array;
  /** Throws `StoreError` when the bytes were changed, belong to something else or were sealed with other keys. */
  open(sealed: Uint8Array, about: string): string;
}

/**
 * Reads `keys.json` of a folder that exists, or makes it with fresh random keys the first time.
 * Rejects with `key_file_invalid` when the file is damaged or other accounts may read it.
 */
export async function openKeyring(folder: string): Promise<Keyring> {
  const path = join(folder, "keys.json");
  const text = await readIfThere(path);
  if (text === null) await createKeyFile(path);
  return keyringOf(await readKeyFile(path));
}

/** Keys that are gone with the process, for the terminal and for tests. */
export function ephemeralKeyring(): Keyring {
  return keyringOf(freshKeys());
}

const KEY_BYTES = 32;
const ID_BYTES = 4;
/** Of base64url: 192 bits. */
const DIGEST_LENGTH = 32;
/** NIST SP 800-38D: 12 random bytes are safe for 2^32 texts under one key. */
const NONCE_BYTES = 12;
/** Named on both sides: a shorter tag would otherwise be accepted, and could be guessed. */
const TAG = { authTagLength: 16 } as const;
const OTHERS_MAY = 0o077;

/** 32 bytes as base64url. */
const Key = z
  .string()
  .regex(/^[\w-]{43}$/)
  .transform((text) => createSecretKey(Buffer.from(text, "base64url")));

const KeyFile = z.strictObject({
  keyring: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{8}$/),
  hmac: Key,
  aes: Key,
});
type Keys = z.infer<typeof KeyFile>;

function keyringOf(keys: Keys): Keyring {
  const id = Buffer.from(keys.id, "hex");
  const nextNonce = nonces();
  return {
    id: keys.id,
    citizenKey(channel, chat) {
      const key = digest(keys, "citizen", channel, chat);
      if (!isCitizenKey(key)) throw new StoreError("A citizen key could not be made.");
      return key;
    },
    safeWordDigest: (citizen, words) => digest(keys, "safe-word", citizen, words).slice(0, DIGEST_LENGTH),
    secretFor: (purpose) => digest(keys, "secret", purpose),
    seal(plain, about) {
      const nonce = nextNonce();
      const cipher = createCipheriv("aes-256-gcm", keys.aes, nonce, TAG).setAAD(Buffer.from(about));
      return Buffer.concat([id, nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (!bytes.subarray(0, ID_BYTES).equals(id)) throw new StoreError(OTHER_KEYS);
      return unseal(keys, bytes.subarray(ID_BYTES), about);
    },
  };
}

/** HMAC as base64url. What it is made for comes first, so that no two uses can meet. */
function digest(keys: Keys, use: "citizen" | "safe-word" | "secret", ...parts: readonly string[]): string {
  return createHmac("sha256", keys.hmac)
    .update(JSON.stringify([use, ...parts]))
    .digest("base64url");
}

/** Draws random bytes for many nonces at once: asking the system for each takes as long as the sealing. */
function nonces(): () => Buffer {
  let pool = Buffer.alloc(0);
  return () => {
    if (pool.length < NONCE_BYTES) pool = randomBytes(NONCE_BYTES * 256);
    const nonce = pool.subarray(0, NONCE_BYTES);
    pool = pool.subarray(NONCE_BYTES);
    return nonce;
  };
}

const OTHER_KEYS = "Something was sealed with other keys. Put back the keys.json that belongs to this data folder.";
const CHANGED = "Something sealed was changed or moved. Restore the data folder from a backup.";

function unseal(keys: Keys, bytes: Buffer, about: string): string {
  try {
    const decipher = createDecipheriv("aes-256-gcm", keys.aes, bytes.subarray(0, NONCE_BYTES), TAG)
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(-TAG.authTagLength));
    const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG.authTagLength));
    return Buffer.concat([plain, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new StoreError(CHANGED, { cause });
  }
}

function isCitizenKey(text: string): text is CitizenKey {
  return /^[\w-]{43}$/.test(text);
}

function freshKeys(): Keys {
  return KeyFile.parse(freshKeyFile());
}

function freshKeyFile(): z.input<typeof KeyFile> {
  const random = () => randomBytes(KEY_BYTES).toString("base64url");
  return { keyring: 1, id: randomBytes(ID_BYTES).toString("hex"), hmac: random(), aes: random() };
}

/** Written whole beside its place, then linked there: a crash leaves no half key file, a rival's file is kept. */
async function createKeyFile(path: string): Promise<void> {
  const draft = `${path}.new`;
  await rm(draft, { force: true });
  await createPrivateFile(draft, `${JSON.stringify(freshKeyFile(), null, 2)}\n`);
  await link(draft, path).catch((error: unknown) => {
    if (!hasCode(error, "EEXIST")) throw error;
  });
  await rm(draft);
  await flushFolder(join(path, ".."));
}

async function readKeyFile(path: string): Promise<Keys> {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & OTHERS_MAY) !== 0) {
    throw keyFileInvalid(`Other accounts may read ${path}. Run: chmod 600 '${path}'`);
  }
  const parsed = KeyFile.safeParse(jsonOrNull((await readIfThere(path)) ?? ""));
  if (parsed.success) return parsed.data;
  throw keyFileInvalid(
    `${path} is not a key file. Restore it from a backup; without it nobody's conversation can be continued. ` +
      "To begin anew, move the whole data folder away.",
  );
}

function keyFileInvalid(message: string): AppError {
  return new AppError("key_file_invalid", message);
}

/** Null for what is no JSON; the parser's own error would quote the keys. */
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw new AppError("key_file_invalid", `${path} cannot be read. Check who owns it.`, { cause: error });
  }
}
