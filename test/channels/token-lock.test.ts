import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { lockToken } from "../../src/channels/token-lock.ts";

const SOURCE = pathToFileURL(`${import.meta.dirname}/../../src/channels/token-lock.ts`).href;

function newToken(): string {
  return `123456789:${crypto.randomUUID()}`;
}

/** A process that claims the token, says whether it got it, and stays until it is killed. */
async function claimElsewhere(token: string) {
  const code = `
    import { lockToken } from ${JSON.stringify(SOURCE)};
    console.log(lockToken(process.argv[1]) === null ? "refused" : "claimed");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", code, token]);
  const said = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data: Buffer) => resolve(data.toString())),
  );
  const killed = new Promise((resolve) => child.once("exit", resolve));
  const kill = async () => {
    child.kill("SIGKILL");
    await killed;
  };
  return { said: said.trim(), kill };
}

test("one at a time has a token, and each token has its own lock", () => {
  const token = newToken();
  const lock = lockToken(token);
  expect(lock).not.toBeNull();
  expect(lockToken(token)).toBeNull();
  const other = lockToken(newToken());
  expect(other).not.toBeNull();
  other?.release();
  lock?.release();
  lock?.release();
  const again = lockToken(token);
  expect(again).not.toBeNull();
  again?.release();
});

test("another process is refused while this one has it, and the claim of a killed process is gone at once", async () => {
  const token = newToken();
  const elsewhere = await claimElsewhere(token);
  expect(elsewhere.said).toBe("claimed");
  expect(lockToken(token)).toBeNull();
  await elsewhere.kill();
  const lock = lockToken(token);
  expect(lock).not.toBeNull();
  const second = await claimElsewhere(token);
  expect(second.said).toBe("refused");
  await second.kill();
  lock?.release();
});

test("no file is named by the token", async () => {
  const token = newToken();
  lockToken(token)?.release();
  const names = await readdir(tmpdir());
  expect(names.filter((name) => name.includes(token.slice(10)))).toEqual([]);
});
