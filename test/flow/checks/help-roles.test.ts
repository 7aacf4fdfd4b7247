import { join } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "../../../src/content/files.ts";
import { parseFiles } from "../../../src/content/parse.ts";
import { checkRoles } from "../../../src/flow/checks/roles.ts";
import { checkTargets } from "../../../src/flow/checks/targets.ts";

const GOOD = join(import.meta.dirname, "../../fixtures/good");

/** The sound folder with one piece of a file replaced by another. */
async function bundleWith(path: string, from: string, to: string) {
  const files = new Map(await readFolder(GOOD));
  const before = files.get(path) ?? "";
  expect(before).toContain(from);
  files.set(path, before.replace(from, to));
  const { bundle, findings } = parseFiles(files);
  expect(findings).toEqual([]);
  if (bundle === null) throw new Error("the folder has no bundle");
  return bundle;
}

const messages = (found: ReturnType<typeof checkRoles>) => found.map(({ code, message }) => `${code}: ${message}`);

test("where lost words lead must be a node of the flow", async () => {
  const bundle = await bundleWith("flows/menu.yaml", "\nnodes:", "\nlost: nowhere\nnodes:");
  const [found] = checkTargets(bundle, {});
  expect(found).toMatchObject({ code: "unknown-node", message: "lost leads to nowhere, which is no node of menu" });
});

test("the flow for what cannot be read must exist, show services and keep nothing", async () => {
  const named = (flow: string) => bundleWith("flows/program.yaml", "\nexit:", `\nunreadable: ${flow}\nexit:`);
  expect(messages(checkRoles(await named("gone"), {}))).toContain(
    "role-missing: unreadable is the flow gone, which does not exist",
  );
  const unfit = "role-unfit: it shows no services, or keeps things";
  expect(messages(checkRoles(await named("menu"), {}))).toContain(unfit);
  expect(messages(checkRoles(await named("help"), {}))).not.toContain(unfit);
});
