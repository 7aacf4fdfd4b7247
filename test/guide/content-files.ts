import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";
import { LANGS, type Lang } from "../../src/flow/ids.ts";
import { Guide } from "../../src/guide/guide.ts";
import { Receivers } from "../../src/guide/receivers.ts";
import { StatementFile } from "../../src/guide/statement.ts";

const CONTENT = new URL("../../content/", import.meta.url);

/** A text as a citizen reads it, with a name that tells where it stands. */
export interface Shown {
  readonly where: string;
  readonly lang: Lang;
  readonly text: string;
}

export const statements = yamlFiles("statements").flatMap(({ value }) => StatementFile.parse(value).statements);
export const guideFiles = ["report", "safety"].flatMap((kind) =>
  yamlFiles(`guides/${kind}`).map(({ name, value }) => ({ folder: kind, name, guide: Guide.parse(value) })),
);
export const receivers = Receivers.parse(parse(readFileSync(new URL("guides/receivers.yaml", CONTENT), "utf8")));
export const guides = guideFiles.map(({ guide }) => guide);
export const sections = guides.flatMap((guide) =>
  Object.entries(guide.sections).map(([name, section]) => ({ where: `${guide.guide}.${name}`, guide, section })),
);
export const sectionTexts: readonly Shown[] = sections.flatMap(({ where, section }) =>
  LANGS.map((lang) => ({ where: `${where}.${lang}`, lang, text: section.text[lang] })),
);
export const statementTexts: readonly Shown[] = statements.flatMap(({ id, text }) =>
  LANGS.map((lang) => ({ where: `${id}.${lang}`, lang, text: text[lang] })),
);

function yamlFiles(folder: string): readonly { name: string; value: unknown }[] {
  const url = new URL(`${folder}/`, CONTENT);
  const files = readdirSync(url).filter((file) => file.endsWith(".yaml"));
  return files.sort().map((file) => {
    const value: unknown = parse(readFileSync(new URL(file, url), "utf8"));
    return { name: basename(file, ".yaml"), value };
  });
}
