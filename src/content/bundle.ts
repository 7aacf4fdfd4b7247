import type { z } from "zod";
import type { Campaign, Month } from "../campaign/campaign.ts";
import type { Plan } from "../campaign/plan.ts";
import type { Quiz } from "../campaign/quiz.ts";
import type { TipTopic } from "../campaign/tip.ts";
import type { HoursWords } from "../directory/hours.ts";
import type { Lead } from "../directory/leads.ts";
import type { ProvincesFile } from "../directory/place-data.ts";
import type { DoNotUse, NeedMap, Service } from "../directory/service.ts";
import type { Form, Letterhead } from "../draft/form.ts";
import type { Lang } from "../flow/ids.ts";
import type { Flow, ProgramFile } from "../flow/schema.ts";
import type { Guide } from "../guide/guide.ts";
import type { Receivers } from "../guide/receivers.ts";
import type { Statement } from "../guide/statement.ts";
import type { Lexicon } from "../safety/lexicon.ts";
import type { Signals } from "../safety/signals.ts";
import type { Wording } from "./wording.ts";

/** All of `flows/`, `locales/` and `content/`, parsed. Parts of `content/` that a folder does not have are empty or null. */
export interface Bundle {
  readonly program: ProgramFile;
  readonly flows: ReadonlyMap<string, Flow>;
  /** By full key, `<file>.<path>`. */
  readonly texts: Readonly<Record<Lang, ReadonlyMap<string, string>>>;
  readonly quizzes: readonly Quiz[];
  readonly tips: readonly TipTopic[];
  readonly campaigns: readonly Campaign[];
  readonly month: Month | null;
  /** What a team does before, during and after every month. */
  readonly plan: Plan | null;
  readonly statements: readonly Statement[];
  readonly guides: readonly Guide[];
  readonly receivers: Receivers | null;
  readonly forms: readonly Form[];
  readonly letterhead: Letterhead | null;
  readonly services: readonly Service[];
  readonly needMap: z.infer<typeof NeedMap> | null;
  readonly doNotUse: z.infer<typeof DoNotUse>["numbers"];
  readonly serviceWords: HoursWords | null;
  /** Where the team asks for services that are missing. */
  readonly leads: readonly Lead[];
  readonly signals: Signals | null;
  readonly lexicon: Lexicon | null;
  /** The text of `content/safety/model.json`; empty when there is none. */
  readonly model: string;
  readonly places: PlaceFiles;
  readonly wording: Wording;
  /** File names in `content/media/`. */
  readonly media: ReadonlySet<string>;
  /** By flow id: the parsed `flows/<flow>.test.yaml`; its schema belongs to the transcript runner. */
  readonly transcripts: ReadonlyMap<string, unknown>;
  readonly locate: Locate;
}

/** `content/places/`: the provinces and two CSV texts, null or empty where the files are missing. */
export interface PlaceFiles {
  readonly provinces: ProvincesFile | null;
  readonly communes: string;
  readonly former: string;
}

/**
 * Where something was written, for findings. `thing` is `flow:<id>`, `program`, `text:<lang>:<key>`, `quiz:<id>`,
 * `topic:<id>`, `campaign:<id>`, `month`, `plan`, `guide:<id>`, `statement:<id>`, `service:<id>`, `transcript:<flow>` or
 * `wording:<file>`; `path` leads on from there. A bundle read from the start-up snapshot knows no places.
 */
export type Locate = (thing: string, path?: YamlPath) => SourcePlace;
export type YamlPath = readonly (string | number)[];
export interface SourcePlace {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
}
