import { z } from "zod";
import { Campaign, Month } from "../campaign/campaign.ts";
import { Plan } from "../campaign/plan.ts";
import { Quiz } from "../campaign/quiz.ts";
import { TipTopic } from "../campaign/tip.ts";
import { DoNotUse, NeedMap, ServiceFile } from "../directory/service.ts";
import { Form } from "../draft/form.ts";
import { Guide } from "../guide/guide.ts";
import { Receivers } from "../guide/receivers.ts";
import { StatementFile } from "../guide/statement.ts";
import { Flow, ProgramFile } from "./schema.ts";

/** JSON schemas for editors, by kind of file, of what a person types: keys with a default may be left out. */
export function flowJsonSchema(): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  return new Map(
    FILES.map(([name, schema]) => [name, { ...z.toJSONSchema(schema, OPTIONS), title: `An Tâm: ${name}` }]),
  );
}

const OPTIONS = { io: "input", target: "draft-7" } as const;

/** Every kind of file that people write. */
const FILES = [
  ["flow", Flow],
  ["program", ProgramFile],
  ["quiz", Quiz],
  ["tips", TipTopic],
  ["campaign", Campaign],
  ["month", Month],
  ["plan", Plan],
  ["guide", Guide],
  ["form", Form],
  ["receivers", Receivers],
  ["statements", StatementFile],
  ["services", ServiceFile],
  ["needs", NeedMap],
  ["do-not-use", DoNotUse],
] as const;
