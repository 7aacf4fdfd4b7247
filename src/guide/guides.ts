import type { GuideSection } from "../flow/ids.ts";
import { GUIDE_SECTIONS, type Localized } from "../flow/ids.ts";
import type { Part } from "../flow/screen.ts";
import type { Guide } from "./guide.ts";
import type { Statement } from "./statement.ts";

/** A screen names no more sources than this. */
export const SOURCES_SHOWN = 3;

/** What a citizen may read of the guides and statements. Nothing that waits for verification ever leaves here. */
export interface Guides {
  /** A statement with its source; `undefined` when it does not exist or waits for verification. */
  statement(id: string): Part | undefined;
  /** A section with the sources it leans on; `undefined` when it does not exist or cites a statement that may not be shown. */
  section(guideId: string, section: string): Part | undefined;
  /** The guides of a kind, in the order they are offered. */
  list(kind: Guide["kind"]): readonly { readonly id: string; readonly label: Localized }[];
}

/** Expects ids to be unique; of two entries with one id the later counts. */
export function createGuides(guides: readonly Guide[], statements: readonly Statement[]): Guides {
  const shown = new Map(statements.filter((it) => it.status === "ok").map((it) => [it.id, it]));
  const byId = new Map(guides.map((guide) => [guide.guide, guide]));
  return {
    statement: (id) => {
      const statement = shown.get(id);
      return statement && { kind: "fact", text: statement.text, sources: [statement.source] };
    },
    section: (guideId, name) => {
      const section = isSection(name) ? byId.get(guideId)?.sections[name] : undefined;
      const cited = section?.statements.map((id) => shown.get(id)?.source);
      if (section === undefined || !cited?.every((source) => source !== undefined)) return undefined;
      return { kind: "fact", text: section.text, sources: shortSources(cited) };
    },
    list: (kind) =>
      guides
        .filter((guide) => guide.kind === kind)
        .sort((a, b) => a.order - b.order || (a.guide < b.guide ? -1 : 1))
        .map(({ guide, title }) => ({ id: guide, label: title })),
  };
}

/** Each source once, at most `SOURCES_SHOWN`: articles of law first, then laws as a whole, then everything else. */
export function shortSources(sources: readonly string[]): readonly string[] {
  return [...new Set(sources)].sort((a, b) => vagueness(a) - vagueness(b)).slice(0, SOURCES_SHOWN);
}

/** 0: names an article. 1: names a numbered text (`76/2023/NĐ-CP`). 2: a survey, page or outlet. */
function vagueness(source: string): 0 | 1 | 2 {
  if (/(?:^|\P{L})Điều \d/u.test(source)) return 0;
  return /\d+\/\d{4}\/\p{Lu}/u.test(source) ? 1 : 2;
}

function isSection(name: string): name is GuideSection {
  return GUIDE_SECTIONS.some((section) => section === name);
}
