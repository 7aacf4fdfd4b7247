import { expect, test } from "vitest";
import { answerCommand, type CommandRequest } from "../../src/desk/command/command.ts";
import { commandDesk, NOW } from "./command-desk.ts";

const AT = { now: NOW, base: "https://antam.example", running: true };

function asked(text: string, more: Partial<CommandRequest> = {}): CommandRequest {
  return { words: text.split(" "), input: {}, fields: [], ...more };
}

test("an action is done as the member of staff who is named, and the trail can say that it was a command", async () => {
  const { desk, done } = commandDesk();
  const answer = await answerCommand(desk, asked("broadcast release tin-1", { as: "Mai" }), AT);
  expect(answer).toEqual({ kind: "done", result: { kept: true } });
  expect(done).toEqual([
    { input: { id: "tin-1" }, by: { id: "mai", name: "Chị mai", roles: ["approver"], via: "command" } },
  ]);
});

test.each([
  ["a role that may not", "broadcast release tin-1", "lan", "forbidden"],
  ["whoever wrote it", "broadcast release mine", "mai", "second-person"],
  ["a list for other roles", "staff list", "lan", "forbidden"],
])("%s is refused as on the page", async (_, text, as, problem) => {
  const { desk, done } = commandDesk();
  expect(await answerCommand(desk, asked(text, { as }), AT)).toEqual({ kind: "refused", problem, issues: [] });
  expect(done).toEqual([]);
});

test.each([
  ["nobody", "broadcast release tin-1", undefined, { text: "who", params: { name: "broadcast release" } }],
  ["a stranger", "broadcast release tin-1", "bo", { text: "member", params: { login: "bo" } }],
  ["somebody switched off", "broadcast release tin-1", "nghi", { text: "member", params: { login: "nghi" } }],
])("%s does nothing", async (_, text, as, wrong) => {
  const { desk, done } = commandDesk();
  expect(await answerCommand(desk, asked(text, as === undefined ? {} : { as }), AT)).toEqual({
    kind: "wrong-use",
    ...wrong,
  });
  expect(done).toEqual([]);
});

test.each(["broadcast launch", "broadcast", "constructor", "__proto__ toString", "hasOwnProperty"])(
  "%s is no command",
  async (text) => {
    const { desk } = commandDesk();
    expect(await answerCommand(desk, asked(text, { as: "lan" }), AT)).toMatchObject({
      kind: "wrong-use",
      text: "unknown",
    });
  },
);

test("what is near is named", async () => {
  const { desk } = commandDesk();
  const answer = await answerCommand(desk, asked("staff fire"), AT);
  const near = "staff invite, staff link, staff list, staff reset-link";
  expect(answer).toEqual({ kind: "wrong-use", text: "unknown", params: { name: "staff fire", near } });
});

test("an input that does not fit is refused field by field", async () => {
  const { desk } = commandDesk();
  const answer = await answerCommand(desk, asked("staff invite", { as: "hoa", fields: [["roles", "author"]] }), AT);
  expect(answer).toEqual({
    kind: "refused",
    problem: "invalid",
    issues: [{ field: "name", text: "desk.invalid.general" }],
  });
});

test("an invitation is a link that can be opened", async () => {
  const { desk, done } = commandDesk();
  const fields: CommandRequest["fields"] = [
    ["roles", "author, approver"],
    ["place", "Hà Giang"],
  ];
  const answer = await answerCommand(desk, { words: ["staff", "invite", "Chị Na"], as: "hoa", fields, input: {} }, AT);
  expect(answer).toEqual({ kind: "done", result: { until: NOW, link: "https://antam.example/desk/accept/a-token" } });
  expect(done).toMatchObject([{ input: { name: "Chị Na", roles: ["author", "approver"], place: "08" } }]);
});

test("the ways back in need nobody's name", async () => {
  const { desk } = commandDesk();
  const link = (token: string) => ({ kind: "done", result: { link: `https://antam.example/desk/accept/${token}` } });
  expect(await answerCommand(desk, asked("staff link"), AT)).toEqual(link("first-token"));
  expect(await answerCommand(desk, asked("staff link"), { ...AT, running: false })).toMatchObject({
    text: "not-running",
  });
  expect(await answerCommand(desk, asked("staff reset-link Hoa"), AT)).toEqual(link("reset-token"));
  expect(await answerCommand(desk, asked("staff reset-link nobody"), AT)).toMatchObject({ problem: "not-found" });
});

test("an administrator of a place sees the staff of that place", async () => {
  const { desk } = commandDesk();
  const logins = async (as: string) => {
    const answer = await answerCommand(desk, asked("staff list", { as }), AT);
    return answer.kind === "done" ? JSON.stringify(answer.result).match(/"login":"\w+"/g)?.length : null;
  };
  expect([await logins("hoa"), await logins("cuc")]).toEqual([5, 1]);
});

test("everything there is says what it takes and who may", async () => {
  const { desk } = commandDesk();
  const answer = await answerCommand(desk, asked("actions"), AT);
  const all = answer.kind === "done" ? answer.result : [];
  expect(all).toContainEqual(
    expect.objectContaining({
      name: "broadcast write",
      changes: true,
      roles: ["author", "approver"],
      input:
        "id: text, title*: { vi*: text, en*: text }, segment*: { topics*: [tips | campaign], places*: [text] }, " +
        "parts: [{ kind*: a, n*: integer }], urgent: boolean, most: integer, testCode: text",
    }),
  );
  expect(all).toContainEqual(expect.objectContaining({ name: "audit", changes: false, roles: ["admin"] }));
});
