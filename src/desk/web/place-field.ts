import { type Html, html } from "../../server/html.ts";
import type { FieldIssue } from "../problem.ts";
import { input } from "./parts.ts";
import { type FormBody, type Here, one } from "./route.ts";
import { placeWords } from "./words.ts";

/** A place as people type it. Its code goes along, so that a name that could be several stays what it was. */
export function placeField(
  here: Here,
  {
    hint,
    typed,
    code,
  }: { readonly hint: string; readonly typed?: string | undefined; readonly code: string | undefined },
  issues: readonly FieldIssue[] = [],
): Html {
  const shown = code === undefined ? "" : placeWords(here, code);
  return html`${input(here, { name: "place", label: here.say("desk.field.place"), hint, value: typed ?? shown }, issues)}
<input type="hidden" name="placeWas" value="${shown}">
<input type="hidden" name="placeCode" value="${code ?? ""}">`;
}

/** The code of what stands in the field; "" for nothing; text that is no code for a place that nobody knows. */
export function placeOf({ desk }: Pick<Here, "desk">, body: FormBody): string {
  const typed = one(body, "place");
  if (typed === "") return "";
  if (typed === one(body, "placeWas")) return one(body, "placeCode");
  return desk.places.resolve(typed) ?? "?";
}
