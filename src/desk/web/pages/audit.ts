import { type Html, html } from "../../../server/html.ts";
import { ROLES } from "../../access.ts";
import { type AuditEntry, readTrail } from "../../audit.ts";
import { differences } from "../difference.ts";
import { select, submit, table } from "../parts.ts";
import type { Here, Page, Route } from "../route.ts";
import { moment, placeWords, rolesWords } from "../words.ts";

/** Who changed what, newest first. */
export const auditRoutes: readonly Route[] = [{ method: "GET", path: "/audit", right: "audit.read", show }];

/** First words of actions, by which the trail is searched. */
const GROUPS = ["staff", "own", "authority", "slot", "plan", "event", "broadcast", "directory"] as const;
const PER_PAGE = 50;

async function show(here: Here): Promise<Page> {
  const { say, query, desk, actor } = here;
  const group = GROUPS.find((name) => name === query["action"]);
  const { entries, older } = await readTrail(desk, actor, {
    most: PER_PAGE,
    before: Number(query["before"]) || undefined,
    action: group === undefined ? "" : `${group}.`,
  });
  const headings = ["at", "who", "what", "change"].map((name) => say(`desk.audit.${name}`));
  const options = [{ value: "", label: say("desk.audit.all") }];
  for (const value of GROUPS) options.push({ value, label: say(`desk.audit.group.${value}`) });
  const filter = html`<form method="get" action="/desk/audit" class="row">
${select(here, { name: "action", label: say("desk.audit.filter"), value: group ?? "", required: true }, options)}
${submit(say("desk.audit.show"), "quiet")}</form>`;
  const rows = entries.map((entry) => row(here, entry));
  const body = html`<p>${say("desk.audit.intro")}</p>${filter}
${rows.length === 0 ? html`<p>${say("desk.audit.none")}</p>` : table(say("desk.audit.caption"), headings, rows)}
${older === undefined ? html`` : html`<p><a class="button quiet" href="/desk/audit?action=${group ?? ""}&before=${String(older)}">${say("desk.audit.older")}</a></p>`}`;
  return { title: say("desk.nav.audit"), body };
}

function row(here: Here, entry: AuditEntry): readonly (string | Html)[] {
  const { say, lang } = here;
  const { at, who, name, via, action, subject, place } = entry;
  const by = who === "-" ? say("desk.audit.nobody") : name;
  return [
    moment(lang, at),
    html`${by}<br><span class="muted">${say(`desk.audit.via.${via}`)}</span>`,
    html`${actionWords(here, action)}<br><span class="muted">${subject}${place === undefined ? "" : ` · ${placeWords(here, place)}`}</span>`,
    changes(here, entry),
  ];
}

/** The name of an action in words; its own name where nobody has written any. */
function actionWords({ say }: Here, action: string): string {
  const key = `desk.action.${action.replaceAll(".", "-")}`;
  const text = say(key);
  return text === key ? action : text;
}

function changes(here: Here, { before, after }: AuditEntry): Html {
  const rows = differences(before, after);
  if (rows.length === 0) return html`<span class="muted">–</span>`;
  const items = rows.map(({ path, before: was, after: is }) => {
    const old = was === undefined ? html`` : html`<del>${valueWords(here, path, was)}</del> `;
    const now = is === undefined ? html`` : html`<ins>${valueWords(here, path, is)}</ins>`;
    return html`<dt>${pathWords(here, path)}</dt><dd>${old}${now}</dd>`;
  });
  return html`<dl class="change">${items}</dl>`;
}

/** Names of an entry's parts as far as somebody has written words for them. */
function pathWords({ say }: Here, path: string): string {
  const words = path.split(".").map((name) => {
    const key = `desk.audit.part.${name.toLowerCase()}`;
    const text = say(key);
    return text === key ? name : text;
  });
  return words.join(", ");
}

/** Moments, places, roles and truths as people read them. */
function valueWords(here: Here, path: string, value: string): string {
  const name = path.split(".").at(-1);
  if (name === "place") return placeWords(here, value);
  if (name === "places" && value !== "")
    return value
      .split(", ")
      .map((place) => placeWords(here, place))
      .join(", ");
  if (name === "roles")
    return rolesWords(
      here,
      ROLES.filter((role) => value.split(", ").includes(role)),
    );
  if (value === "true" || value === "false") return here.say(`desk.audit.${value}`);
  if (MOMENT.test(value)) return moment(here.lang, Number(value));
  return CODED.has(name ?? "")
    ? value
        .split(", ")
        .map((code) => codeWords(here, code))
        .join(", ")
    : value;
}

/** Parts whose values are codes of a fixed list. */
const CODED = new Set([
  ...["state", "kind", "topics", "topic", "channels", "lang", "langs"],
  ...["secondFactor", "answer", "en_by"],
]);

function codeWords({ say }: Here, code: string): string {
  const key = `desk.audit.value.${code}`;
  const text = say(key);
  return text === key ? code : text;
}

/** Milliseconds since 1970 of this century's days from 2017. */
const MOMENT = /^(?:1[5-9]|2\d)\d{11}$/;
