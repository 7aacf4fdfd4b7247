import type { Localized } from "../../../flow/ids.ts";
import { type Html, html } from "../../../server/html.ts";
import type { FieldIssue } from "../../problem.ts";
import { formTo, input, issueSummary, submit } from "../parts.ts";
import { placeField, placeOf } from "../place-field.ts";
import { type FormBody, type Here, one, type Page, type Route } from "../route.ts";

/** Who runs this bot. `hours`: when somebody of the team reads; null until somebody said so. */
export function authorityRoutes(hours: () => Localized | null): readonly Route[] {
  const page = (here: Here, body: FormBody | null, issues: readonly FieldIssue[]) =>
    authorityPage(here, body ?? written(here, hours()), issues);
  return [
    { method: "GET", path: "/authority", right: "authority.write", show: async (here) => page(here, null, []) },
    {
      method: "POST",
      path: "/authority",
      action: "authority.write",
      input: (body, _, here) => ({ name: both(body, "name"), place: placeOf(here, body), hours: both(body, "hours") }),
      done: () => "/authority?said=saved",
      again: async (here, { issues }, body) => page(here, body, issues),
    },
  ];
}

function both(body: FormBody, name: string): Localized {
  return { vi: one(body, `${name}.vi`), en: one(body, `${name}.en`) };
}

function written({ desk }: Here, hours: Localized | null): FormBody {
  const name = desk.authority.name();
  return { "name.vi": name?.vi, "name.en": name?.en, "hours.vi": hours?.vi, "hours.en": hours?.en };
}

function authorityPage(here: Here, body: FormBody, issues: readonly FieldIssue[]): Page {
  const { say, desk } = here;
  const typed = typeof body["place"] === "string" ? body["place"] : undefined;
  const fields = html`${pair(here, "name", body, issues)}
${placeField(here, { hint: say("desk.hint.authority_place"), typed, code: desk.authority.place() }, issues)}
${pair(here, "hours", body, issues)}
${submit(say("desk.save"))}`;
  return {
    title: say("desk.nav.authority"),
    body: html`${issueSummary(here, issues, labels(here))}<p>${say("desk.authority.intro")}</p>${formTo(here, "/authority", fields)}`,
  };
}

function labels({ say }: Here): Record<string, string> {
  const fields = ["name", "hours"].flatMap((name) => [`${name}.vi`, `${name}.en`]);
  return Object.fromEntries(fields.map((field) => [field, say(`desk.authority.${field.replace(".", "_")}`)]));
}

/** The same in both languages, side by side where there is room. */
function pair(here: Here, name: string, body: FormBody, issues: readonly FieldIssue[]): Html {
  const field = (lang: "vi" | "en") =>
    input(
      here,
      {
        ...{ name: `${name}.${lang}`, lang, value: one(body, `${name}.${lang}`), required: true, maxlength: 120 },
        label: here.say(`desk.authority.${name}_${lang}`),
        hint: here.say(`desk.authority.${name}_hint_${lang}`),
      },
      issues,
    );
  return html`<div class="pair">${field("vi")}${field("en")}</div>`;
}
