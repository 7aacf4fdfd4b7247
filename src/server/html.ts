/** Markup that is safe to send as it is. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Filling = string | Html | readonly Html[];

/** Builds markup; every filled-in string is escaped for element content and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...fillings: readonly Filling[]): Html {
  return new Html(strings.reduce((markup, piece, i) => markup + fill(fillings[i - 1] ?? "") + piece));
}

function fill(filling: Filling): string {
  if (filling instanceof Html) return filling.markup;
  if (typeof filling === "string") return filling.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return filling.map((part) => part.markup).join("");
}
