import { foldWords } from "../language/fold.ts";
import { durationMs, LANGS, type Lang } from "./ids.ts";
import type { Flow, FlowNode, ProgramFile } from "./schema.ts";

/** The parts of `program.yaml` that a word can call from any state. */
export const ROLES = ["help", "exit", "forget", "stop", "menu"] as const;
export type Role = (typeof ROLES)[number];

/** A flow with what the engine looks up in every turn made ready. */
export interface LinkedFlow {
  readonly id: string;
  readonly flow: Flow;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly keepsNothing: boolean;
  readonly expiresMs: number;
}

/** All flows, linked for running. */
export interface Program {
  readonly defaultLang: Lang;
  readonly start: string;
  readonly roles: Readonly<Record<Role, string>>;
  /** The node of the help flow for danger. */
  readonly urgent: string;
  /** The flow for what cannot be read. */
  readonly unreadable: string | undefined;
  /** The flows of a conversation about help: the help flow, those that only it leads to, and `unreadable`. */
  readonly helping: ReadonlySet<string>;
  readonly flows: ReadonlyMap<string, LinkedFlow>;
  /** Folded whole messages and `/commands` that work in every state. */
  readonly words: ReadonlyMap<string, Role>;
  /** Folded whole messages and `/commands` that switch the language. */
  readonly languages: ReadonlyMap<string, Lang>;
  /** Of the help words, folded, those that tell of danger now. */
  readonly danger: ReadonlySet<string>;
  /** Folded whole messages that choose the choice of this id where there is one. */
  readonly answers: ReadonlyMap<string, "yes" | "no">;
  /** `/command` -> flow. */
  readonly commands: ReadonlyMap<string, string>;
  /** Folded whole message -> flow. */
  readonly keywords: ReadonlyMap<string, string>;
  /** Deep-link payload -> flow. */
  readonly payloads: ReadonlyMap<string, string>;
}

function link(flow: Flow): LinkedFlow {
  return {
    id: flow.flow,
    flow,
    nodes: new Map(Object.entries(flow.nodes)),
    keepsNothing: flow.keeps === "nothing",
    expiresMs: durationMs(flow.expires),
  };
}

/** The help flow and what it calls, where nothing else starts that and it keeps nothing either. */
function linkHelping(file: ProgramFile, flows: readonly LinkedFlow[]): Set<string> {
  const help = flows.find((flow) => flow.id === file.help.flow);
  const called = new Set([...(help?.nodes.values() ?? [])].map((node) => (node.kind === "call" ? node.flow : "")));
  const startsAlone = ({ triggers }: Flow) => Object.values(triggers).some((names) => names.length > 0);
  const parts = flows.filter(({ id, flow, keepsNothing }) => called.has(id) && keepsNothing && !startsAlone(flow));
  const unreadable = file.unreadable === undefined ? [] : [file.unreadable];
  return new Set([file.help.flow, ...unreadable, ...parts.map(({ id }) => id)]);
}

/** `/xoá hết` and `/xoahet` are one command. */
export function commandOf(folded: string): string {
  return `/${folded.replaceAll(" ", "")}`;
}

function linkWords(file: ProgramFile): Map<string, Role> {
  const words = new Map<string, Role>();
  for (const role of ROLES) {
    for (const lang of LANGS) {
      for (const word of file.words[role][lang]) {
        const folded = foldWords(word);
        words.set(folded, role);
        words.set(commandOf(folded), role);
      }
    }
  }
  return words;
}

function linkLanguages(file: ProgramFile): Map<string, Lang> {
  const words = LANGS.flatMap((lang) => file.languages[lang].map((word) => [foldWords(word), lang] as const));
  return new Map(
    words.flatMap(([word, lang]) => [
      [word, lang],
      [commandOf(word), lang],
    ]),
  );
}

function linkAnswers({ answers }: ProgramFile): Map<string, "yes" | "no"> {
  return new Map(
    LANGS.flatMap((lang) => [
      ...answers.yes[lang].map((word) => [foldWords(word), "yes"] as const),
      ...answers.no[lang].map((word) => [foldWords(word), "no"] as const),
    ]),
  );
}

/** Links checked flows into a program. Clashes were reported by the checks; here the first flow wins. */
export function linkProgram(file: ProgramFile, flows: Iterable<Flow>): Program {
  const linked = [...flows].map(link);
  const index = (names: (flow: Flow) => readonly string[], key: (name: string) => string) => {
    const map = new Map<string, string>();
    for (const { id, flow } of linked) for (const name of names(flow)) if (!map.has(key(name))) map.set(key(name), id);
    return map;
  };
  return {
    defaultLang: file.default_lang,
    start: file.start,
    roles: { help: file.help.flow, exit: file.exit, forget: file.forget, stop: file.stop, menu: file.menu },
    urgent: file.help.urgent,
    unreadable: file.unreadable,
    helping: linkHelping(file, linked),
    flows: new Map(linked.map((flow) => [flow.id, flow])),
    words: linkWords(file),
    languages: linkLanguages(file),
    danger: new Set(LANGS.flatMap((lang) => file.danger[lang].map(foldWords))),
    answers: linkAnswers(file),
    commands: index(
      (flow) => flow.triggers.commands,
      (name) => commandOf(foldWords(name)),
    ),
    keywords: index((flow) => flow.triggers.keywords, foldWords),
    payloads: index(
      (flow) => flow.triggers.payloads,
      (name) => name,
    ),
  };
}
