import { parse } from "yaml";
import type { Lang } from "../../src/flow/ids.ts";
import { linkProgram, type Program } from "../../src/flow/program.ts";
import { Flow, ProgramFile } from "../../src/flow/schema.ts";
import type { Effect, Screen, TextRef } from "../../src/flow/screen.ts";
import type { World } from "../../src/flow/world.ts";
import { foldWords } from "../../src/language/fold.ts";

/** Words and roles of the small programs used in tests. */
const PROGRAM = `
program: 1
default_lang: vi
start: welcome
menu: menu
help: { flow: help, urgent: now }
danger: { vi: [nguy hiểm], en: [] }
exit: exit
forget: forget
stop: stop
words:
  help: { vi: [giúp, cứu tôi với, nguy hiểm], en: [help] }
  exit: { vi: [thoát], en: [quit] }
  forget: { vi: [xóa hết], en: [delete my data] }
  stop: { vi: [dừng], en: [stop] }
  menu: { vi: [menu], en: [home] }
`;

const ROLES = [
  `{ flow: welcome, version: 1, start: hello, nodes: { hello: { kind: ask, choices: [{ id: go, go: "@menu" }] } } }`,
  `
flow: menu
version: 1
start: main
nodes:
  main: { kind: ask, choices: [{ id: quiz, go: "@quiz" }, { id: help, go: "@help" }] }
`,
  `
flow: help
version: 1
keeps: nothing
expires: 15m
start: talk
takes: [need, urgent, whom, child]
nodes:
  talk: { kind: ask, choices: [{ id: yes, go: need }, { id: other, go: $end }] }
  need: { kind: ask, choices: { from: needs, set: need, go: where }, free_text: { screen: need, go: where } }
  where: { kind: place, set: place, go: list }
  list: { kind: services, need: $need, place: $place, go: next }
  now: { kind: services, need: $need, urgent: true, go: next }
  next: { kind: ask, choices: [{ id: other, go: $end }] }
`,
  `{ flow: exit, version: 1, start: quiet, nodes: { quiet: { kind: ask, clear: true, exits: none, choices: [{ id: more, go: "@menu" }] } } }`,
  `
flow: forget
version: 1
start: sure
nodes:
  sure: { kind: ask, yes_no: { yes: wipe, no: $end } }
  wipe: { kind: forget, go: done }
  done: { kind: ask, choices: [{ id: menu, go: "@menu" }] }
`,
  `{ flow: stop, version: 1, start: off, nodes: { off: { kind: unsubscribe, topic: all, go: said }, said: { kind: say, go: $end } } }`,
  `{ flow: quiz, version: 1, start: play, triggers: { keywords: [đố vui], commands: [quiz], payloads: [quiz] }, nodes: { play: { kind: quiz, quiz: q1, go: done }, done: { kind: ask, params: { score: $score }, choices: [{ id: again, go: play }, { id: menu, go: "@menu" }] } } }`,
];

/** A small sound program with the given flows (YAML) beside the usual roles. */
export function programWith(...flows: string[]): Program {
  const all = [...ROLES, ...flows].map((text) => Flow.parse(parse(text)));
  return linkProgram(ProgramFile.parse(parse(PROGRAM)), new Map(all.map((flow) => [flow.flow, flow])).values());
}

const PLACES = new Map([
  ["01", { vi: "Hà Nội", en: "Ha Noi" }],
  ["22", { vi: "Quảng Ninh", en: "Quang Ninh" }],
  ["42", { vi: "Hà Tĩnh", en: "Ha Tinh" }],
]);

const QUESTIONS = ["a", "b", "c"].map((id) => ({
  id,
  text: { vi: `Câu ${id}?`, en: `Question ${id}?` },
  answers: [
    { vi: `đúng ${id}`, en: `right ${id}` },
    { vi: `sai một ${id}`, en: `wrong one ${id}` },
    { vi: `sai hai ${id}`, en: `wrong two ${id}` },
  ],
  why: { vi: `Vì ${id}.`, en: `Because ${id}.` },
  source: `Nguồn ${id}`,
  help: id === "b",
}));

function textOf(ref: TextRef, lang: Lang): string {
  return "key" in ref ? ref.key : ref[lang];
}

/** One fixed world: clock, chance and content stand still unless a test changes them. */
export function fixedWorld(change: Partial<World> = {}): World {
  return {
    now: Date.parse("2026-11-21T09:00:00+07:00"),
    channel: "web",
    digest: (words) => `digest of ${words}`,
    random: () => 0,
    text: textOf,
    screen: (text) =>
      foldWords(text).includes("bi danh")
        ? { need: "domestic-violence", urgent: foldWords(text).includes("ngay bay gio"), whom: "self", child: false }
        : null,
    places: {
      resolve(text) {
        const typed = foldWords(text);
        const found = [...PLACES].filter(([, name]) => foldWords(name.vi).includes(typed));
        const [first, second] = found;
        if (first === undefined) return { kind: "none" };
        if (second === undefined) return { kind: "found", code: first[0], name: first[1] };
        return { kind: "ambiguous", candidates: found.map(([code, name]) => ({ code, name })) };
      },
      nearest: () => ({ kind: "found", code: "01", name: { vi: "Hà Nội", en: "Ha Noi" } }),
      name: (code) => PLACES.get(code),
    },
    services: ({ need, place, urgent }) => [
      {
        id: `${need}-${place ?? "all"}-${urgent ? "urgent" : "calm"}`,
        name: { vi: "Nơi giúp", en: "A service" },
        phones: [],
        url: null,
        note: null,
        recorded: false,
        unchecked: false,
      },
    ],
    list: (name) => [
      { id: `${name}-1`, label: { vi: "Mục một", en: "Entry one" } },
      { id: `${name}-2`, label: { vi: "Mục hai", en: "Entry two" } },
    ],
    form: () => undefined,
    quiz: (id) => (id === "q1" ? { title: { vi: "Đố", en: "Quiz" }, questions: QUESTIONS } : undefined),
    tip: (pick) => ({ text: { vi: `Mẹo ${pick}`, en: `Tip ${pick}` }, source: "Nguồn" }),
    statement: (id) => ({ kind: "fact", text: { vi: id, en: id }, sources: ["Luật"] }),
    guide: (id, section) => ({ kind: "fact", text: { vi: `${id}/${section}`, en: `${id}/${section}` }, sources: [] }),
    campaign: (id, part) => (id === "open" ? "open" : [{ kind: "text", text: { vi: part, en: part } }]),
    responder: () => false,
    ...change,
  };
}

/** The screen a turn shows; fails when it shows none. */
export function screenOf(effects: readonly Effect[]): Screen {
  const sent = effects.find((effect) => effect.kind === "send");
  if (sent === undefined) throw new Error("the turn showed nothing");
  return sent.screen;
}

/** The texts of a screen, by key or in Vietnamese. */
export function saidIn(effects: readonly Effect[]): string[] {
  return screenOf(effects).parts.map((part) => {
    if (part.kind === "service") return part.service.id;
    if (part.kind === "media") return part.file;
    if (part.kind === "private") return part.words;
    if (part.kind === "draft") return `draft ${JSON.stringify(part.draft)}`;
    return textOf(part.text, "vi");
  });
}
