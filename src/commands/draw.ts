import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readFolder } from "../content/files.ts";
import { parseFiles } from "../content/parse.ts";
import { AppError } from "../errors.ts";
import { drawFlow } from "../flow/draw.ts";
import { ROOT } from "./app.ts";

/** Writes one SVG picture per flow into `docs/flows/` of the folder. */
export async function draw(folder: string | undefined): Promise<void> {
  const root = folder === undefined ? ROOT : resolve(folder);
  const { bundle } = parseFiles(await readFolder(root));
  if (bundle === null) throw new AppError("content_invalid", `there is no readable flows/program.yaml in ${root}`);
  const out = join(root, "docs", "flows");
  await mkdir(out, { recursive: true });
  for (const flow of bundle.flows.keys()) await writeFile(join(out, `${flow}.svg`), await drawFlow(bundle, flow));
  process.stdout.write(`${bundle.flows.size} pictures in ${out}\n`);
}
