import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { UnitsAt } from "../../src/directory/units.ts";
import { Form, Letterhead } from "../../src/draft/form.ts";
import { createLetters, type WriteLetter } from "../../src/draft/letters.ts";

const FOLDER = join(import.meta.dirname, "../../content/forms");
export const FORM_IDS = ["denunciation", "no-contact", "legal-aid"] as const;

const PROVINCE = { code: "22", names: { vi: "Quảng Ninh", en: "Quang Ninh" }, type: "province" };
const PLACES = new Map<string, UnitsAt>([
  ["22", { province: PROVINCE }],
  ["06652", { commune: { code: "06652", names: { vi: "Hà Tu", en: "Ha Tu" }, type: "ward" }, province: PROVINCE }],
]);

async function yaml(name: string): Promise<unknown> {
  return parse(await readFile(join(FOLDER, `${name}.yaml`), "utf8"));
}

/** The forms as they are committed, in a country of one ward. */
export async function ownForms(): Promise<{ readonly forms: readonly Form[]; readonly write: WriteLetter }> {
  const forms = await Promise.all(FORM_IDS.map(async (id) => Form.parse(await yaml(id))));
  const letterhead = Letterhead.parse(await yaml("letterhead"));
  return { forms, write: createLetters({ forms, letterhead, units: (code) => PLACES.get(code) }) };
}

/** An answer to every question of a form. */
export function fullAnswers(form: Form, text = (id: string) => `Trả lời ${id}`): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ id, kind }) => [id, kind === "yes-no" ? "yes" : text(id)]));
}
