import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { flowJsonSchema } from "../flow/json-schema.ts";
import { ROOT } from "./app.ts";

/** Writes the JSON schema of every kind of file an author edits into `docs/schema/`. */
export async function schema(): Promise<void> {
  const out = join(ROOT, "docs", "schema");
  await mkdir(out, { recursive: true });
  const schemas = flowJsonSchema();
  for (const [name, value] of schemas) {
    await writeFile(join(out, `${name}.schema.json`), `${JSON.stringify(value, null, 2)}\n`);
  }
  process.stdout.write(`${schemas.size} schemas in ${out}\n`);
}
