import { GUIDE_SECTIONS, type GuideSection, type Localized } from "../flow/ids.ts";
import type { Part } from "../flow/screen.ts";
import type { Guide } from "./guide.ts";
import type { NameReceivers } from "./receivers.ts";
import { citations } from "./sources.ts";
import type { Statement } from "./statement.ts";

/** What a citizen may read of the guides and statements. Nothing that waits for verification ever leaves here. */
export interface Guides {
  /** A statement with its source; `undefined` when it does not exist or waits for verification. */
  readonly statement: (id: string) => Part | undefined;
  /**
   * A section with the sources it leans on, naming the receivers at this place; `undefined` when it does not exist or cites
   * a statement that may not be shown.
   */
  readonly section: (guideId: string, section: string, place?: string) => Part | undefined;
  /** The guides of a kind, or of one group of it, in the order they are offered. */
  readonly list: (kind: Guide["kind"], group?: string) => readonly { readonly id: string; readonly label: Localized }[];
}

/** Expects ids to be unique; of two entries with one id the later counts. */
export function createGuides(
  guides: readonly Guide[],
  statements: readonly Statement[],
  name: NameReceivers = (text) => text,
): Guides {
  const shown = new Map(statements.filter((it) => it.status === "ok").map((it) => [it.id, it]));
  const byId = new Map(guides.map((guide) => [guide.guide, guide]));
  return {
    statement: (id) => {
      const statement = shown.get(id);
      return statement && { kind: "fact", text: statement.text, sources: citations([statement.source]) };
    },
    section: (guideId, id, place) => {
      const section = isSection(id) ? byId.get(guideId)?.sections[id] : undefined;
      const cited = section?.statements.map((id) => shown.get(id)?.source);
      if (section === undefined || !cited?.every((source) => source !== undefined)) return undefined;
      return { kind: "fact", text: name(section.text, place), sources: citations(cited) };
    },
    list: (kind, group) =>
      guides
        .filter((guide) => guide.kind === kind && (group === undefined || guide.group === group))
        .sort((a, b) => a.order - b.order || (a.guide < b.guide ? -1 : 1))
        .map(({ guide, title }) => ({ id: guide, label: title })),
  };
}

function isSection(name: string): name is GuideSection {
  return GUIDE_SECTIONS.some((section) => section === name);
}
