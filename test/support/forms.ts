import { Form } from "../../src/draft/form.ts";

const both = (vi: string, en = vi) => ({ vi, en });

/** A small form with a question of each kind. */
export const LETTER = Form.parse({
  form: "letter",
  order: 1,
  name: both("Đơn thử", "A letter"),
  title: "ĐƠN",
  to: "{{commune}}, {{province}}",
  fields: [
    { id: "name", kind: "line", name: both("Họ tên", "Name"), question: both("Bạn tên gì?", "Your name?") },
    {
      id: "other-home",
      kind: "line",
      name: both("Nơi ở", "Home"),
      question: both("Ở đâu?", "Where?"),
      hint: both("Gợi ý", "Hint"),
    },
    {
      ...{ id: "together", kind: "yes-no", name: both("Ở chung", "Together"), question: both("Ở chung?", "Together?") },
      says: { yes: "Ở chung.", no: "Không ở chung.", blank: "Ở chung / không." },
    },
    { id: "what", kind: "long", name: both("Sự việc", "Story"), question: both("Chuyện gì?", "What happened?") },
  ],
  body: ["Tên: {{name}}", "Ở: {{other-home}}", "{{together}}", "Sự việc: {{what}}"],
  enclosures: [],
  statements: [],
});

/** A flow that fills it in, with every way out. */
export const LETTER_FLOW = `
flow: letter
version: 1
keeps: nothing
expires: 30m
start: fill
takes: [form, place]
triggers: { commands: [letter] }
nodes:
  fill: { kind: form, form: letter, place: $place, go: after, lost: gone, drop: dropped }
  after: { kind: ask, choices: [{ id: menu, go: "@menu" }, { id: blank, go: blank }] }
  blank: { kind: form, form: letter, blank: true, go: after, lost: gone }
  gone: { kind: ask, choices: [{ id: again, go: fill }] }
  dropped: { kind: ask, choices: [{ id: menu, go: "@menu" }] }
`;
