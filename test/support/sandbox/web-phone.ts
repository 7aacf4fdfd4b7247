import { html } from "../../../src/server/html.ts";

/** A small page that carries the bot's own widget, as a ward's portal would. Opened in a frame of its own origin. */
export function renderWebPhone(bot: string, url: URL): { readonly page: string; readonly policy: string } {
  const lang = url.searchParams.get("lang") === "en" ? "en" : "vi";
  const start = url.searchParams.get("start") ?? "";
  const page = html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>An Tâm</title>
<link rel="stylesheet" href="${url.origin}/web-phone.css">
<script src="${url.origin}/web-phone.js"></script>
<script type="module" src="${bot}/widget/chat.js"></script>
</head>
<body><an-tam-chat lang="${lang}" start="${start}"></an-tam-chat></body>
</html>
`.markup;
  const both = `${url.origin} ${bot}`;
  const policy =
    `default-src 'none'; script-src ${both}; style-src ${both}; connect-src ${bot}; img-src ${bot}; ` +
    `media-src ${bot}; base-uri 'none'; form-action 'none'; frame-ancestors ${url.origin}`;
  return { page, policy };
}
