import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { PRIVATE_FILE } from "./durable-files.ts";

/** Where the bot that has a data folder listens, for commands of the same machine. */
const AddressFile = z.strictObject({ address: z.url({ protocol: /^http$/ }) });

/**
 * Says where this bot listens (`http://host:port`), as a program of this machine reaches it. Whoever has the folder
 * calls `forgetAddress` first thing: what another process left behind is of no use.
 */
export async function announceAddress(folder: string, address: string): Promise<void> {
  const text = `${JSON.stringify({ address: localAddress(address) })}\n`;
  await writeFileAtomic(join(folder, FILE), text, { mode: PRIVATE_FILE });
}

/** Calling it twice, or where nothing was announced, is harmless. */
export async function forgetAddress(folder: string): Promise<void> {
  await rm(join(folder, FILE), { force: true });
}

/** Null while nobody announced one, or when the file is not as it was written. */
export async function readAddress(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, FILE), "utf8").catch(() => "");
  return AddressFile.safeParse(jsonOrNull(text)).data?.address ?? null;
}

const FILE = "address.json";

/** "All addresses" is no address to call; the loopback one is among them. */
function localAddress(address: string): string {
  return address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
