import { createHmac } from "node:crypto";
import type { Report } from "../port.ts";
import { type Allowance, type AllowanceStore, type Caps, inMonthOf, warningsOf, withPerson } from "./allowance.ts";

/** Counts what the plan limits and tells the operator in time. */
export interface AllowanceWatch {
  /** Reads what was used before. Rejects as the store does. */
  load(): Promise<void>;
  /** Somebody wrote. */
  met(chat: string): void;
  /** The network took a message. */
  sent(): void;
  /** Messages of this month that the plan still allows. */
  left(): number;
  /** Writes what is not written yet; later changes are not written. */
  close(): Promise<void>;
}

interface Parts {
  readonly store: AllowanceStore;
  readonly caps: Caps;
  /** Keys the hash of a chat id; never leaves this process. */
  readonly secret: string;
  readonly report: Report;
  now(): number;
}

/** How long a count may stay in memory only, milliseconds. A new person is written at once. */
const WRITE_EVERY_MS = 30_000;

export function watchAllowance({ store, caps, secret, report, now }: Parts): AllowanceWatch {
  let current = inMonthOf(null, now());
  const file = writer(store, () => current, report);

  /** Takes over what changed. True when anything did that a crash should not undo. */
  function change(next: Allowance): boolean {
    const warnings = warningsOf(next, caps);
    for (const { notice, used, cap } of warnings) {
      const level = notice.endsWith("-at-cap") ? "error" : "warn";
      report({ channel: "zalo-bot", level, code: notice, facts: { used, cap } });
    }
    current = { ...next, told: [...next.told, ...warnings.map(({ notice }) => notice)] };
    return warnings.length > 0;
  }

  return {
    async load() {
      const stored = inMonthOf(await store.read(), now());
      change({ ...stored, sent: stored.sent + current.sent });
      file.open();
    },
    met(chat) {
      const before = inMonthOf(current, now());
      const next = withPerson(before, createHmac("sha256", secret).update(`zalo-bot person ${chat}`).digest());
      if (next === current) return;
      change(next);
      void file.write();
    },
    sent() {
      const before = inMonthOf(current, now());
      if (change({ ...before, sent: before.sent + 1 })) void file.write();
      else file.writeSoon();
    },
    left: () => Math.max(0, caps.messages - inMonthOf(current, now()).sent),
    close: () => file.close(),
  };
}

interface Writer {
  /** Nothing is written before: it would replace what was not read yet. */
  open(): void;
  write(): Promise<void>;
  writeSoon(): void;
  close(): Promise<void>;
}

/** Writes the newest value, one write at a time. A write that fails is tried again later. */
function writer(store: AllowanceStore, value: () => Allowance, report: Report): Writer {
  let isOpen = false;
  let written: Allowance | null = null;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failed = false;

  async function writeAll(): Promise<void> {
    try {
      for (let next = value(); isOpen && next !== written; next = value()) {
        await store.write(next);
        written = next;
        failed = false;
      }
    } catch {
      if (!failed) report({ channel: "zalo-bot", level: "warn", code: "allowance-unsaved" });
      failed = true;
      writeSoon();
    }
  }
  async function write(): Promise<void> {
    running ??= writeAll().finally(() => {
      running = undefined;
    });
    return running;
  }
  function writeSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void write();
    }, WRITE_EVERY_MS).unref();
  }
  return {
    open() {
      isOpen = true;
    },
    write,
    writeSoon,
    async close() {
      await write();
      isOpen = false;
      clearTimeout(timer);
    },
  };
}
