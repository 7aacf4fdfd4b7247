import type { z } from "zod";
import { Campaign, Month } from "../campaign/campaign.ts";
import { Plan } from "../campaign/plan.ts";
import { Quiz } from "../campaign/quiz.ts";
import { TipTopic } from "../campaign/tip.ts";
import { HoursWords } from "../directory/hours.ts";
import { LeadFile } from "../directory/leads.ts";
import { ProvincesFile } from "../directory/place-data.ts";
import { DoNotUse, NeedMap, ServiceFile } from "../directory/service.ts";
import { Form, Letterhead } from "../draft/form.ts";
import type { Finding } from "../flow/checks/finding.ts";
import { LANGS, type Lang } from "../flow/ids.ts";
import { Flow, ProgramFile } from "../flow/schema.ts";
import { Guide } from "../guide/guide.ts";
import { Receivers } from "../guide/receivers.ts";
import { StatementFile } from "../guide/statement.ts";
import { Lexicon } from "../safety/lexicon.ts";
import { isModel } from "../safety/model.ts";
import { Signals } from "../safety/signals.ts";
import type { Bundle, Locate, YamlPath } from "./bundle.ts";
import type { SourceFiles } from "./files.ts";
import { flattenTexts } from "./texts.ts";
import { AvoidFile, DrawingFile, LockScreenFile, NO_WORDING } from "./wording.ts";
import { readYaml, schemaFindings, type YamlFile } from "./yaml.ts";

export interface Parsed {
  /** Null when there is no readable `flows/program.yaml`. Entries with findings are left out. */
  readonly bundle: Bundle | null;
  readonly findings: readonly Finding[];
}

/** Text to typed data. Never throws: every mistake of an author becomes a finding. */
export function parseFiles(files: SourceFiles): Parsed {
  const reader = new Reader(files);
  const program = reader.one("flows/program.yaml", ProgramFile, "program");
  const content = readContent(reader);
  const flows = new Map(reader.all(/^flows\/(?!program\.yaml$)[^/]+(?<!\.test)\.yaml$/, Flow, flowThing).map(byFlow));
  const texts = readTexts(reader);
  const transcripts = readTranscripts(reader);
  // The desk reads it when somebody chooses a password.
  reader.take(/^content\/desk\/common-passwords\.txt$/);
  reader.reportUnread();
  if (program === null) reader.reportMissingProgram();
  const bundle = program && { program, flows, texts, transcripts, ...content, locate: reader.locate };
  return { bundle, findings: reader.findings };
}

const flowThing = (flow: Flow) => `flow:${flow.flow}`;
const byFlow = (flow: Flow): [string, Flow] => [flow.flow, flow];

function readContent(reader: Reader): Omit<Bundle, "program" | "flows" | "texts" | "transcripts" | "locate"> {
  const month = reader.one("content/campaigns/month.yaml", Month, "month");
  const plan = reader.one("content/plan.yaml", Plan, "plan");
  const needMap = reader.one("content/services/needs.yaml", NeedMap, "needs");
  const doNotUse = reader.one("content/services/do-not-use.yaml", DoNotUse, "do-not-use");
  const serviceWords = reader.one("content/services/words.yaml", HoursWords, "service-words");
  const leads = reader.one("content/services/leads.yaml", LeadFile, "leads");
  const serviceFiles = reader.all(/^content\/services\/[^/]+\.yaml$/, ServiceFile, null, (file) =>
    file.services.map((service, i) => [`service:${service.id}`, ["services", i]]),
  );
  const statementFiles = reader.all(/^content\/statements\/[^/]+\.yaml$/, StatementFile, null, (file) =>
    file.statements.map((statement, i) => [`statement:${statement.id}`, ["statements", i]]),
  );
  return {
    month,
    plan,
    needMap,
    doNotUse: doNotUse?.numbers ?? [],
    serviceWords,
    leads: leads?.leads ?? [],
    services: serviceFiles.flatMap((file) => file.services),
    statements: statementFiles.flatMap((file) => file.statements),
    quizzes: reader.all(/^content\/quizzes\/[^/]+\.yaml$/, Quiz, (quiz) => `quiz:${quiz.quiz}`),
    tips: reader.all(/^content\/tips\/[^/]+\.yaml$/, TipTopic, (topic) => `topic:${topic.topic}`),
    campaigns: reader.all(/^content\/campaigns\/[^/]+\.yaml$/, Campaign, (it) => `campaign:${it.campaign}`),
    receivers: reader.one("content/guides/receivers.yaml", Receivers, "receivers"),
    guides: reader.all(/^content\/guides\/.+\.yaml$/, Guide, (guide) => `guide:${guide.guide}`),
    letterhead: reader.one("content/forms/letterhead.yaml", Letterhead, "letterhead"),
    forms: reader.all(/^content\/forms\/[^/]+\.yaml$/, Form, (form) => `form:${form.form}`),
    signals: reader.one("content/safety/signals.yaml", Signals, "signals"),
    lexicon: reader.one("content/safety/lexicon.yaml", Lexicon, "lexicon"),
    model: readModelText(reader),
    places: {
      provinces: reader.one("content/places/provinces.yaml", ProvincesFile, "provinces"),
      communes: reader.text("content/places/communes.csv"),
      former: reader.text("content/places/former-units.csv"),
    },
    wording: readWording(reader),
    media: new Set(reader.take(/^content\/media\//).map((path) => path.slice("content/media/".length))),
  };
}

/** The weights stay text: they are needed with the first free text only. */
function readModelText(reader: Reader): string {
  const file = "content/safety/model.json";
  const text = reader.text(file);
  if (text === "" || isModel(text)) return text;
  const fix = "run `npm run learn`";
  const message = "is not a model of this program";
  reader.findings.push({ code: "schema-invalid", severity: "error", file, message, fix });
  return "";
}

function readWording(reader: Reader): Bundle["wording"] {
  const avoid = reader.one("content/wording/avoid.yaml", AvoidFile, "wording:avoid");
  return {
    avoid: avoid?.avoid ?? NO_WORDING.avoid,
    lockScreen:
      reader.one("content/wording/lock-screen.yaml", LockScreenFile, "wording:lock-screen") ?? NO_WORDING.lockScreen,
    drawing: reader.one("content/wording/drawing.yaml", DrawingFile, "wording:drawing") ?? NO_WORDING.drawing,
  };
}

function readTexts(reader: Reader): Record<Lang, ReadonlyMap<string, string>> {
  const ofLang = (lang: Lang) => {
    const texts = new Map<string, string>();
    for (const path of reader.take(new RegExp(`^locales/${lang}/[^/]+\\.yaml$`))) {
      const namespace = path.slice(`locales/${lang}/`.length, -".yaml".length);
      const yaml = reader.yaml(path);
      const flat = flattenTexts(namespace, yaml);
      reader.findings.push(...flat.findings);
      for (const [key, { text, path: inFile }] of flat.texts) {
        texts.set(key, text);
        reader.remember(`text:${lang}:${key}`, yaml, inFile);
      }
    }
    return texts;
  };
  const [vi, en] = LANGS.map(ofLang);
  return { vi: vi ?? new Map(), en: en ?? new Map() };
}

function readTranscripts(reader: Reader): ReadonlyMap<string, unknown> {
  const paths = reader.take(/^flows\/[^/]+\.test\.yaml$/);
  return new Map(
    paths.map((path) => {
      const flow = path.slice("flows/".length, -".test.yaml".length);
      const yaml = reader.yaml(path);
      reader.remember(`transcript:${flow}`, yaml, []);
      return [flow, yaml.value];
    }),
  );
}

type Entries<T> = (value: T) => readonly (readonly [thing: string, path: YamlPath])[];

/** Takes files out of the folder one kind after the other; what is left at the end, nothing reads. */
class Reader {
  readonly findings: Finding[] = [];
  readonly #files: SourceFiles;
  readonly #left: Set<string>;
  readonly #places = new Map<string, { yaml: YamlFile; path: YamlPath }>();

  constructor(files: SourceFiles) {
    this.#files = files;
    this.#left = new Set([...files.keys()].sort());
  }

  take(pattern: RegExp): readonly string[] {
    const taken = [...this.#left].filter((path) => pattern.test(path));
    for (const path of taken) this.#left.delete(path);
    return taken;
  }

  text(path: string): string {
    this.#left.delete(path);
    return this.#files.get(path) ?? "";
  }

  yaml(path: string): YamlFile {
    const yaml = readYaml(path, this.text(path));
    this.findings.push(...yaml.findings);
    return yaml;
  }

  one<T>(path: string, schema: z.ZodType<T>, thing: string): T | null {
    if (!this.#left.has(path)) return null;
    return this.#fit(this.yaml(path), schema, () => [[thing, []]]);
  }

  all<T>(pattern: RegExp, schema: z.ZodType<T>, thing: ((value: T) => string) | null, entries?: Entries<T>): T[] {
    const values = this.take(pattern).map((path) =>
      this.#fit(this.yaml(path), schema, entries ?? ((value) => (thing ? [[thing(value), []]] : []))),
    );
    return values.filter((value) => value !== null);
  }

  remember(thing: string, yaml: YamlFile, path: YamlPath): void {
    const first = this.#places.get(thing);
    if (first === undefined) this.#places.set(thing, { yaml, path });
    else this.#reportDuplicate(thing, first.yaml.file, yaml, path);
  }

  readonly locate: Locate = (thing, path = []) => {
    const known = this.#places.get(thing);
    if (known === undefined) return { file: guessFile(thing) };
    return { file: known.yaml.file, line: known.yaml.placeOf([...known.path, ...path]).line };
  };

  reportUnread(): void {
    for (const file of this.#left) {
      if (file.endsWith(".md")) continue;
      const fix = "move it to the folder of its kind, correct its name, or delete it";
      this.findings.push({ code: "file-unread", severity: "warning", file, message: "nothing reads this file", fix });
    }
  }

  reportMissingProgram(): void {
    const file = "flows/program.yaml";
    if (this.#files.has(file)) return;
    const fix = "write it: it names the flows for start, menu, help, exit, forget and stop";
    this.findings.push({ code: "schema-invalid", severity: "error", file, message: "there is no such file", fix });
  }

  #fit<T>(yaml: YamlFile, schema: z.ZodType<T>, entries: Entries<T>): T | null {
    if (yaml.findings.length > 0) return null;
    const parsed = schema.safeParse(yaml.value);
    if (!parsed.success) {
      this.findings.push(...schemaFindings(yaml, parsed.error));
      return null;
    }
    for (const [thing, path] of entries(parsed.data)) this.remember(thing, yaml, path);
    return parsed.data;
  }

  #reportDuplicate(thing: string, firstFile: string, yaml: YamlFile, path: YamlPath): void {
    this.findings.push({
      code: "duplicate-id",
      severity: "error",
      file: yaml.file,
      ...yaml.placeOf(path),
      message: `${thing} is already in ${firstFile}`,
      fix: "give one of them another id, or delete it",
    });
  }
}

/** Where a thing that is missing would be written. */
function guessFile(thing: string): string {
  const [kind, first, key] = thing.split(":");
  if (kind === "text" && first && key) return `locales/${first}/${key.split(".")[0]}.yaml`;
  if (kind === "flow" && first) return `flows/${first}.yaml`;
  return "flows/program.yaml";
}
