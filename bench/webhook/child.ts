import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A module of this folder in a process of its own: one question, one answer, plain values both. */
export class Child {
  readonly #process: ChildProcess;

  constructor(module: string) {
    const file = join(import.meta.dirname, module);
    this.#process = fork(file, { serialization: "advanced", execArgv: ["--no-warnings"] });
    endWithUs(this.#process);
  }

  get process(): ChildProcess {
    return this.#process;
  }

  /** Never called before the answer to the last question. Rejects when the process ends instead of answering. */
  async ask(question: unknown): Promise<unknown> {
    const unasked = new AbortController();
    try {
      this.#process.send({ question });
      const ended = once(this.#process, "exit", { signal: unasked.signal }).then(() => {
        throw new Error("a process of the measurement ended");
      });
      const [answer] = await Promise.race([once(this.#process, "message", { signal: unasked.signal }), ended]);
      return answer;
    } finally {
      unasked.abort();
    }
  }

  async close(): Promise<void> {
    if (hasEnded(this.#process)) return;
    const ended = once(this.#process, "exit");
    halt(this.#process, false);
    this.#process.disconnect();
    await ended;
  }
}

/** The other side: gives the answers, and tidies up at the end. A failure ends the process. */
export function answerParent(answer: (question: unknown) => unknown, tidyUp?: () => Promise<unknown>): void {
  process.on("message", async (message: { readonly question: unknown }) => {
    process.send?.((await answer(message.question)) ?? null);
  });
  process.once("disconnect", async () => {
    await tidyUp?.();
    process.exit();
  });
}

/** However this process ends, the other does not outlive it. */
export function endWithUs(child: ChildProcess): void {
  const end = () => void child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
}

/** Lets a process stand still, or go on. Where that is not possible it goes on. */
export function halt(child: ChildProcess, on: boolean): void {
  if (process.platform !== "win32") child.kill(on ? "SIGSTOP" : "SIGCONT");
}

/** Nothing of it is needed any more, so it gets no time to tidy up. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
