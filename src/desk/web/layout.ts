import type { Lang } from "../../flow/ids.ts";
import { type Html, html } from "../../server/html.ts";
import { isCurrent, type MenuItem } from "./nav.ts";
import { type Drawing, submit } from "./parts.ts";
import type { Page } from "./route.ts";

/** All that stands around a page. */
export interface Frame extends Drawing {
  readonly lang: Lang;
  readonly page: Page;
  /** Who runs this bot. */
  readonly authority: string;
  /** Of the page, from the root; forms that only change the language come back to `back`. */
  readonly path: string;
  readonly back: string;
  /** Null for who is not signed in. */
  readonly name: string | null;
  readonly menu: readonly MenuItem[];
  /** What was done just now. */
  readonly said: string | undefined;
  /** Sign-ins that failed before this one. */
  readonly missed: string | undefined;
  /** What could not be done, above a form that is shown again. */
  readonly alert: string | undefined;
}

/** A whole page of the desk. */
export function renderLayout(frame: Frame): string {
  const { lang, page, say, name, said, missed, alert } = frame;
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} – ${say("desk.name")} – An Tâm</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/desk/desk.css">
${(page.styles ?? []).map((file) => html`<link rel="stylesheet" href="/desk/${file}">`)}
${(page.scripts ?? []).map((file) => html`<script type="module" src="/desk/${file}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${say("desk.skip")}</a>
${top(frame)}
${name === null ? html`` : menus(frame)}
<main id="main" tabindex="-1"${name === null ? html` class="narrow"` : html``}>
${said === undefined ? html`` : html`<p class="said" role="status">${said}</p>`}
${missed === undefined ? html`` : html`<p class="problem" role="status">${missed}</p>`}
<h1>${page.title}</h1>
${alert === undefined ? html`` : html`<p class="problem" role="alert">${alert}</p>`}
${page.body}
</main>
<footer><p>${say("desk.footer")}</p></footer>
</body>
</html>
`.markup;
}

function top(frame: Frame): Html {
  const { say, authority, name } = frame;
  return html`<header>
<p class="brand"><a href="/desk"><strong>An Tâm</strong> · ${say("desk.name")}</a><span>${authority}</span></p>
<div class="me">
${name === null ? html`` : html`<span class="who">${name}</span>`}
${language(frame)}
${name === null ? html`` : form(frame, "/sign-out", submit(say("desk.sign_out"), "quiet"))}
</div>
</header>`;
}

/** The other language, named in itself. */
function language(frame: Frame): Html {
  const { lang, say, name, path, back } = frame;
  const other = lang === "vi" ? "en" : "vi";
  const label = say("desk.other_language");
  if (name === null) return html`<a class="button quiet" lang="${other}" href="${path}?lang=${other}">${label}</a>`;
  const fields = html`<input type="hidden" name="lang" value="${other}"><input type="hidden" name="back" value="${back}">`;
  return form(
    frame,
    "/language",
    html`${fields}<button type="submit" class="button quiet" lang="${other}">${label}</button>`,
  );
}

function form({ csrf }: Frame, path: string, body: Html): Html {
  return html`<form method="post" action="/desk${path}"><input type="hidden" name="_csrf" value="${csrf}">${body}</form>`;
}

/** Twice: folded on a phone, a row on wider screens. Only one of them is ever displayed. */
function menus({ say, menu, path }: Frame): Html {
  const items = menu.map((item) => {
    const current = isCurrent(item, path) ? html` aria-current="page"` : html``;
    return html`<li><a href="${item.href}"${current}>${say(`desk.nav.${item.name}`)}</a></li>`;
  });
  const label = say("desk.menu");
  return html`<details class="fold"><summary>${label}</summary><nav aria-label="${label}"><ul>${items}</ul></nav></details>
<nav class="wide" aria-label="${label}"><ul>${items}</ul></nav>`;
}
