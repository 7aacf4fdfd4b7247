import type { Lang } from "../../flow/ids.ts";
import { type Html, html } from "../../server/html.ts";
import type { UrgentCall } from "./deps.ts";
import type { WebTexts } from "./texts.ts";

/** All that the page shows before its script runs. */
export interface PageParts {
  readonly lang: Lang;
  readonly texts: WebTexts;
  readonly calls: readonly UrgentCall[];
  readonly exitUrl: string;
  /** Deep-link payload (`?start=`), "" for none. */
  readonly start: string;
}

/**
 * The chat's own page. Until the widget stands, and where scripts are off, the person has the quick exit and the
 * services to call. Addresses are relative, so that a proxy may put the page below a path.
 */
export function renderPage({ lang, texts, calls, exitUrl, start }: PageParts): string {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${texts.title}</title>
<link rel="icon" href="favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="page.css">
<link rel="preload" href="widget/chat.css" as="style">
<link rel="modulepreload" href="widget/line.js">
<link rel="modulepreload" href="widget/memory.js">
<link rel="modulepreload" href="widget/view.js">
<script type="module" src="widget/chat.js"></script>
</head>
<body>
<main>
<h1 class="hidden">${texts.title}</h1>
<an-tam-chat lang="${lang}" start="${start}">
<p><a class="exit" href="${exitUrl}" rel="noreferrer">${texts.quick_exit}</a></p>
<noscript><p>${texts.noscript}</p>${renderCalls(texts, calls)}</noscript>
</an-tam-chat>
</main>
</body>
</html>
`.markup;
}

function renderCalls(texts: WebTexts, calls: readonly UrgentCall[]): Html {
  if (calls.length === 0) return html``;
  const rows = calls.map(({ label, tel }) => html`<li><a href="tel:${tel}">${label}</a></li>`);
  return html`<p>${texts.urgent_calls}</p><ul>${rows}</ul>`;
}
