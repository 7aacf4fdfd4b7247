import { fdatasyncSync, writeSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { median, quantile } from "./statistics.ts";

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Milliseconds to overwrite 4 KiB in place and flush them, as a write-ahead log does, on the disk that the measured databases are on. */
  readonly flush: { readonly p50: number; readonly p99: number };
  /** Processes that wanted to run during the last minute, before the measurements. */
  readonly load: number;
}

export async function describeMachine(): Promise<Machine> {
  const [first] = cpus();
  return {
    cores: cpus().length,
    processor: first?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    flush: await measureFlush(),
    load: loadavg()[0] ?? 0,
  };
}

const FLUSHES = 200;
const PAGE = 4096;

export async function measureFlush(): Promise<Machine["flush"]> {
  const folder = await mkdtemp(join(tmpdir(), "an-tam-bench-"));
  const file = await open(join(folder, "flush"), "w");
  const page = Buffer.alloc(PAGE, 1);
  const times: number[] = [];
  try {
    for (let i = 0; i < FLUSHES; i++) writeSync(file.fd, page);
    await file.sync();
    for (let i = 0; i < FLUSHES; i++) {
      const start = performance.now();
      writeSync(file.fd, page, 0, PAGE, i * PAGE);
      fdatasyncSync(file.fd);
      times.push(performance.now() - start);
    }
  } finally {
    await file.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { p50: median(times), p99: quantile(times, 0.99) };
}
