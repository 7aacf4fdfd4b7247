import { assign, initialTransition, type SnapshotFrom, setup, transition } from "xstate";
import type { Contender, Reply, Runner } from "./contender.ts";
import { placeAt, QUESTIONS, type Question, turnAt } from "./conversation.ts";
import { type Answers, dataOf, type Message, readAnswer, type Screens } from "./screens.ts";
import { type FlushedStore, openFlushedStore } from "./text-stores.ts";

/** `snapshots` keeps XState's own objects in a map, `flushed` the persisted form in a file. */
export type Holding = "snapshots" | "flushed";

/** XState 5: one machine, its pure `transition`, and the messages as actions that it hands back. */
export function xstateMachine(screens: Screens, holding: Holding): Contender {
  return {
    name: "xstate",
    async open(citizens) {
      const machine = machineWith(screens);
      if (holding === "snapshots") return inMemory(machine, citizens);
      return inFile(machine, citizens, await openFlushedStore());
    },
  };
}

interface Kept {
  answers: Answers;
}
type Press = { type: "press"; data: string };
type Event = Press | { type: "say"; text: string };
type Machine = ReturnType<typeof machineWith>;
type Snapshot = SnapshotFrom<Machine>;

const machines = setup({
  types: { context: {} as Kept, events: {} as Event },
  actions: { show: (_, _messages: readonly Message[]) => undefined },
});

function machineWith(screens: Screens) {
  const states = QUESTIONS.map((question, index) => [question.id, asking(screens, index, question)]);
  return machines.createMachine({
    context: { answers: {} },
    initial: "menu",
    states: {
      menu: {
        entry: [assign({ answers: {} }), { type: "show", params: () => [screens.menu()] }],
        on: { press: { guard: ({ event }: { event: Press }) => event.data === "bench-menu:main:quiz", target: "q1" } },
      },
      ...Object.fromEntries(states),
      result: {
        entry: { type: "show", params: ({ context }: { context: Kept }) => [screens.result(context.answers)] },
        on: {
          press: {
            guard: ({ event }: { event: Press }) => /^bench-quiz:(?:full|some|none):back$/.test(event.data),
            target: "menu",
          },
        },
      },
    },
  });
}

function asking(screens: Screens, index: number, question: Question) {
  const [before, next] = [QUESTIONS[index - 1], QUESTIONS[index + 1]];
  const reading = (event: Event) =>
    event.type === "press" ? readAnswer(question, event.data, undefined) : readAnswer(question, undefined, event.text);
  const answer = [
    {
      guard: ({ event }: { event: Event }) => reading(event) !== undefined,
      target: next?.id ?? "result",
      actions: [
        machines.assign({
          answers: ({ context, event }) => ({ ...context.answers, [question.answer]: reading(event) ?? "" }),
        }),
      ],
    },
    { actions: { type: "show" as const, params: () => screens.retry(question) } },
  ];
  return machines.createStateConfig({
    entry: {
      type: "show",
      params: ({ context }: { context: Kept }) => {
        return [screens.question(question, before === undefined ? "" : screens.ahead(before, context.answers))];
      },
    },
    on: { press: answer, say: answer },
  });
}

function eventAt(step: number): Event {
  const { act } = turnAt(step);
  return "say" in act ? { type: "say", text: act.say } : { type: "press", data: dataOf(placeAt(step), act) ?? "" };
}

type Shown = readonly { readonly params: readonly Message[] }[];

function messagesIn(actions: Shown): readonly Message[] {
  return actions.flatMap(({ params }) => params);
}

function inMemory(machine: Machine, citizens: number): Runner {
  const snapshots: Snapshot[] = Array.from({ length: citizens }, () => initialTransition(machine)[0]);
  return {
    turn(citizen, step) {
      const before = snapshots[citizen];
      if (before === undefined) throw new RangeError(`there is no citizen ${citizen}`);
      const [after, actions] = transition(machine, before, eventAt(step));
      snapshots[citizen] = after;
      return messagesIn(actions as unknown as Shown);
    },
    reply: replyOfMessages,
    close: async () => undefined,
  };
}

function inFile(machine: Machine, citizens: number, file: FlushedStore): Runner {
  const first = JSON.stringify(initialTransition(machine)[0]);
  for (let citizen = 0; citizen < citizens; citizen++) file.set(String(citizen), first);
  file.flushEveryWrite();
  return {
    async turn(citizen, step) {
      const before = machine.resolveState(JSON.parse(file.get(String(citizen)) ?? first));
      const [after, actions] = transition(machine, before, eventAt(step));
      file.set(String(citizen), JSON.stringify(after));
      return messagesIn(actions as unknown as Shown);
    },
    reply: replyOfMessages,
    close: () => file.close(),
  };
}

function isMessages(said: unknown): said is readonly Message[] {
  return Array.isArray(said);
}

function replyOfMessages(said: unknown): Reply {
  if (!isMessages(said)) return { texts: [], buttons: [] };
  return {
    texts: said.map(({ text }) => text),
    buttons: said.flatMap(({ buttons }) => buttons.map(({ text }) => text)),
  };
}
