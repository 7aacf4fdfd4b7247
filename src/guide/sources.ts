/** A screen names no more sources than this. */
export const SOURCES_SHOWN = 3;

/**
 * The sources of a screen, short: each work once with all its cited articles, at most `SOURCES_SHOWN` works.
 * Works cited by article come first, then numbered texts as a whole, then surveys, outlets and pages; among equals those
 * cited more often, then those cited earlier. A source names its works with `; ` between them and its articles as
 * `<work>, Điều 25 khoản 1`.
 */
export function citations(sources: readonly string[]): readonly string[] {
  const works = new Map<string, Work>();
  for (const source of sources.flatMap((it) => it.split("; "))) {
    const { name, articles } = readSource(source);
    const work = works.get(name) ?? { name, articles: [], cited: 0 };
    works.set(name, { name, articles: [...work.articles, ...articles], cited: work.cited + 1 });
  }
  return [...works.values()]
    .sort((a, b) => vagueness(a) - vagueness(b) || b.cited - a.cited)
    .slice(0, SOURCES_SHOWN)
    .map(citation);
}

interface Work {
  readonly name: string;
  readonly articles: readonly string[];
  readonly cited: number;
}

/** Paragraphs within an article are left out: the article is what a reader looks up. */
function readSource(source: string): { name: string; articles: readonly string[] } {
  const [name = source, articles] = source.split(", Điều ");
  return { name, articles: articles?.replace(/ khoản \d+/g, "").split(/, | và /) ?? [] };
}

function citation({ name, articles }: Work): string {
  const each = [...new Set(articles)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return each.length === 0 ? name : `${name}, Điều ${each.join(", ")}`;
}

/** 0: names an article. 1: names a numbered text (`76/2023/NĐ-CP`). 2: a survey, outlet or page. */
function vagueness({ name, articles }: Work): 0 | 1 | 2 {
  if (articles.length > 0) return 0;
  return /\d\/\d{4}\/\p{Lu}/u.test(name) ? 1 : 2;
}
