import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the browser scripts keep to the types in their comments", async () => {
  const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  const project = fileURLToPath(new URL("../../public/jsconfig.json", import.meta.url));
  await expect(promisify(execFile)(process.execPath, [tsc, "-p", project])).resolves.toMatchObject({ stdout: "" });
});
