import { expect, test } from "vitest";
import { runCommand } from "../support/server.ts";

test("answers each line with its province, commune or candidates, and tells of the others by number alone", async () => {
  const lines = [
    '{"id":"a","text":"em ở Sài Gòn"}',
    '{"id":7,"text":"thôn Đoài xã Nam Hồng huyện Đông Anh"}',
    "chuyện riêng của tôi",
    "",
    '{"id":"c","text":"huyện Châu Thành"}',
    '{"id":"d"}',
    '{"id":"e","text":"không muốn nói"}',
  ];
  const { code, stdout, stderr } = await runCommand(["places"], { input: lines.join("\n") });
  const answers = stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(answers).toEqual([
    { id: "a", code: "79" },
    { id: 7, code: "01", commune: "00466" },
    { id: "c", code: "ambiguous", candidates: ["80", "82", "86", "91", "92"] },
    { id: "e", code: "none" },
  ]);
  expect(code).toBe(2);
  expect(stderr.match(/^line \d+/gm)).toEqual(["line 3", "line 6"]);
  expect(stderr).not.toContain("riêng");
});

test("ends with 0 when every line could be read, also when there is none", async () => {
  const [one, nothing] = await Promise.all([
    runCommand(["places"], { input: '{"id":1,"text":"Huế"}\n' }),
    runCommand(["places"]),
  ]);
  expect([one.code, one.stdout, one.stderr]).toEqual([0, '{"id":1,"code":"46"}\n', ""]);
  expect([nothing.code, nothing.stdout, nothing.stderr]).toEqual([0, "", ""]);
});
