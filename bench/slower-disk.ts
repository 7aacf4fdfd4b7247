import { DatabaseSync } from "node:sqlite";

/**
 * From now on every COMMIT of every database of this process takes so many milliseconds longer, as on a disk that
 * flushes more slowly; 0 ends it. Statements outside a transaction call `waitForDisk` themselves.
 */
export function slowDownCommits(milliseconds: number): void {
  extra = milliseconds;
}

/** Blocks as a flush would. */
export function waitForDisk(): void {
  if (extra > 0) Atomics.wait(CELL, 0, 0, extra);
}

let extra = 0;
const CELL = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql: string): void {
  exec.call(this, sql);
  if (sql === "COMMIT") waitForDisk();
};
