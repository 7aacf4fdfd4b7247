import type { FileHandle } from "node:fs/promises";

export interface Line {
  /** Without the newline. */
  readonly text: Buffer;
  /** Offset in the file just behind the newline. */
  readonly end: number;
}

/** The whole lines of a file from its end; what stands behind the last newline is left out. Reads as far as it is asked. */
export async function* linesBackwards(file: FileHandle): AsyncGenerator<Line, undefined> {
  let { size: start } = await file.stat();
  /** Behind the newline that was met last; null until there was one. */
  let end: number | null = null;
  let rest: Buffer = Buffer.alloc(0);
  while (start > 0) {
    const from = Math.max(0, start - CHUNK_BYTES);
    let block = Buffer.concat([await bytes(file, from, start), rest]);
    start = from;
    for (let at = block.lastIndexOf(NEWLINE); at >= 0; at = block.lastIndexOf(NEWLINE)) {
      if (end !== null) yield { text: block.subarray(at + 1), end };
      end = start + at + 1;
      block = block.subarray(0, at);
    }
    rest = block;
  }
  if (end !== null) yield { text: rest, end };
}

/** The whole lines of a file from its beginning, without their newlines. */
export async function* linesForwards(file: FileHandle): AsyncGenerator<Buffer> {
  const { size } = await file.stat();
  let rest: Buffer = Buffer.alloc(0);
  for (let from = 0; from < size; from += CHUNK_BYTES) {
    let block = Buffer.concat([rest, await bytes(file, from, Math.min(size, from + CHUNK_BYTES))]);
    for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE)) {
      yield block.subarray(0, at);
      block = block.subarray(at + 1);
    }
    rest = block;
  }
}

const CHUNK_BYTES = 65_536;
const NEWLINE = 0x0a;

async function bytes(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}
