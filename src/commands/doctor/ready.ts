import { z } from "zod";
import type { Config } from "../../config.ts";
import { type Finding, found } from "./finding.ts";
import { probe } from "./probe.ts";

const Ready = z.looseObject({ ok: z.boolean(), parts: z.record(z.string(), z.boolean()) });

/** Which parts of the bot that runs here take updates. Nothing when it cannot be asked, or is another command. */
export async function readyFindings({ HOST, PORT }: Config): Promise<readonly Finding[]> {
  if (PORT === 0) return [];
  const host = HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST.includes(":") ? `[${HOST}]` : HOST;
  const answer = await probe(`http://${host}:${PORT}/readyz`);
  const ready = answer.kind === "answer" ? Ready.safeParse(answer.body).data : undefined;
  if (ready === undefined) return [];
  if (ready.ok) return [found("ready.all")];
  const missing = Object.entries(ready.parts).filter(([, works]) => !works);
  return [found("ready.not", { parts: missing.map(([name]) => name).join(", ") })];
}
