import type { FastifyInstance } from "fastify";
import type { Lang } from "../flow/ids.ts";
import { html } from "./html.ts";

/** Texts of the page in one language. */
export interface LoginTexts {
  readonly title: string;
  readonly copy: string;
  readonly close: string;
}
export type LoginPage = Readonly<Record<Lang, LoginTexts>>;

/**
 * Where Zalo sends the operator's browser after the consent: says to copy the address of the page into the terminal.
 * Shows and keeps nothing of that address, which holds the code.
 */
export function loginRoute(app: FastifyInstance, page: LoginPage): void {
  const markup = render(page);
  app.get("/webhooks/zalo-oa/login", async (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .headers({ "cache-control": "no-store", "x-robots-tag": "noindex" })
      .send(markup),
  );
}

function render({ vi, en }: LoginPage): string {
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${vi.title}</title>
</head>
<body>
<main>
<h1>${vi.title}</h1>
<p>${vi.copy}</p>
<p>${vi.close}</p>
<section lang="en">
<h2>${en.title}</h2>
<p>${en.copy}</p>
<p>${en.close}</p>
</section>
</main>
</body>
</html>
`.markup;
}
