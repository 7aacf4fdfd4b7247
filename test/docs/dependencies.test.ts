import { expect, test } from "vitest";
import { z } from "zod";
import { firstColumn, readRoot } from "./documents.ts";

const Package = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const { dependencies, devDependencies } = Package.parse(JSON.parse(readRoot("package.json")));

test("every package of package.json has its line with a reason, and no other has", () => {
  const [runtime = "", building = ""] = readRoot("docs/dependencies.md").split("## What builds and proves it");
  expect(firstColumn(runtime)).toEqual(Object.keys(dependencies).sort());
  expect(firstColumn(building)).toEqual(Object.keys(devDependencies).sort());
});

test("the notices name the licence of every package that runs with the bot", () => {
  const rows = [...readRoot("THIRD_PARTY_NOTICES.md").matchAll(/^\| (\S+) \| ([^|]+) \|$/gm)];
  const named = rows.slice(1).map(([, name = "", licence = ""]) => ({ name, licence }));
  const License = z.object({ license: z.string() });
  const wanted = Object.keys(dependencies)
    .sort()
    .map((name) => ({
      name,
      licence: License.parse(JSON.parse(readRoot(`node_modules/${name}/package.json`))).license,
    }));
  expect(named).toEqual(wanted);
});
