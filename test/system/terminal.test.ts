import { expect, test } from "vitest";
import { z } from "zod";
import { runCommand } from "../support/server.ts";
import { realApp, textOf } from "./real-app.ts";

const Line = z.strictObject({
  in: z.string(),
  out: z.array(
    z.strictObject({
      text: z.string(),
      choices: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    }),
  ),
  flow: z.string().nullable(),
  node: z.string().nullable(),
});

/** Types these lines into `an-tam chat --json` and reads what comes back. */
async function chat(lines: readonly string[], options: readonly string[] = []) {
  const input = lines.map((line) => `${line}\n`).join("");
  const { code, stdout, stderr } = await runCommand(["chat", "--json", ...options], { input });
  const turns = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Line.parse(JSON.parse(line)));
  return { code, stderr, turns, said: turns.map(({ out }) => out.map(({ text }) => text).join("\n\n")) };
}

test("as many lines out as in, in the same order, with exactly the promised keys, then exit 0", async () => {
  const lines = ["xin chào", "2", "đố vui", "1", "", "  ", "😀", "giup", "\u0000\u200b", "menu"];
  const { code, stderr, turns } = await chat(lines);
  expect(turns.map((turn) => turn.in)).toEqual(lines);
  expect(turns.map(({ flow, node }) => `${flow}.${node}`)).toEqual([
    ...["welcome.consent", "menu.choose", "quizzes.choose", "quizzes.play", "quizzes.play", "quizzes.play"],
    ...["quizzes.play", "help.can-talk", "help.lost-next", "menu.choose"],
  ]);
  expect([code, stderr]).toEqual([0, ""]);
});

test("nothing typed: nothing said, exit 0", async () => {
  expect(await chat([])).toMatchObject({ code: 0, stderr: "", turns: [] });
});

test("a last line without a line end is answered too", async () => {
  const { code, stdout } = await runCommand(["chat", "--json"], { input: "giúp" });
  expect([code, Line.parse(JSON.parse(stdout)).node]).toEqual([0, "can-talk"]);
});

test("--lang en speaks English, the default Vietnamese", async () => {
  const [english, vietnamese] = await Promise.all([chat(["/start"], ["--lang", "en"]), chat(["/start"])]);
  expect(english.said[0]).toMatch(/^Hello/);
  expect(vietnamese.said[0]).toMatch(/^Chào bạn/);
});

test("--place takes a name with or without tone marks, or a code", async () => {
  const asked = ["/start", "2", "giúp", "2", "1", "1"];
  const answers = await Promise.all(["Cần Thơ", "can tho", "92"].map((place) => chat(asked, ["--place", place])));
  const [first, ...others] = answers.map(({ turns, said }) => [turns.at(-1)?.node, said.at(-1)]);
  expect(first?.[0]).toBe("danger");
  expect(first?.[1]).toContain("Cần Thơ");
  expect(others).toEqual([first, first]);
});

test("on 20 November 2025 Hai Phong is shown its theme of that year", async () => {
  const { turns, said } = await chat(["/start", "1", "chủ đề"], ["--date", "2025-11-20", "--place", "Hải Phòng"]);
  expect(turns.at(-1)?.flow).toBe("campaign");
  expect(said.at(-1)).toContain("Bình đẳng giới và an toàn cho phụ nữ và trẻ em gái trong kỷ nguyên số");
});

test("on 20 November 2026 the theme of the year is said to be open, and none is made up", async () => {
  const app = await realApp();
  const { turns, said } = await chat(["/start", "1", "chủ đề"], ["--date", "2026-11-20", "--place", "Hải Phòng"]);
  expect(turns.at(-1)?.flow).toBe("campaign");
  expect(said.at(-1)).toContain(textOf(app, "campaign.open-theme.text", "vi"));
  expect(said.at(-1)).not.toContain("kỷ nguyên số");
});

test.each([
  { options: ["--lang", "fr"], says: "vi or en" },
  { options: ["--date", "soon"], says: "2026-11-25" },
  { options: ["--date", "2026-13-45"], says: "2026-11-25" },
  { options: ["--place", "Atlantis"], says: "Atlantis" },
  { options: ["--place", "Tân Lập"], says: "several places" },
  { options: ["--colour"], says: "--colour" },
])("wrong use: $options ends with 2 and says what is meant", async ({ options, says }) => {
  const { code, stdout, stderr } = await runCommand(["chat", "--json", ...options]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(says);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("an unknown command ends with 2, help with 0", async () => {
  const [unknown, help] = await Promise.all([runCommand(["talk"]), runCommand(["--help"])]);
  expect([unknown.code, help.code]).toEqual([2, 0]);
  expect(help.stdout).toContain("chat");
});

test("settings that make no sense end with 2 and name the setting", async () => {
  const { code, stderr } = await runCommand(["start"], { env: { PORT: "many" } });
  expect(code).toBe(2);
  expect(stderr).toContain("PORT");
});
