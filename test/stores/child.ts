import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface Child {
  readonly process: ChildProcess;
  /** Lines as the child writes them; ends when the child has ended and all is read. */
  readonly lines: AsyncIterableIterator<string>;
  /** SIGKILL: the child gets no chance to tidy up. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a script of `children/` as a process of its own. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const path = join(import.meta.dirname, "children", script);
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
