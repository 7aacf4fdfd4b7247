import { join } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "../../src/content/files.ts";
import { parseFiles } from "../../src/content/parse.ts";
import { drawFlow } from "../../src/flow/draw.ts";
import { flowToDot } from "../../src/flow/draw-dot.ts";

const GOOD = join(import.meta.dirname, "../fixtures/good");

async function goodBundle() {
  const { bundle } = parseFiles(await readFolder(GOOD));
  if (bundle === null) throw new Error("the sound folder cannot be read");
  return bundle;
}

test("a picture shows every node, its words and where its choices lead", async () => {
  const dot = flowToDot(await goodBundle(), "menu", "vi");
  expect(dot).toContain("Bạn muốn làm gì?");
  expect(dot).toContain("Tôi cần người giúp");
  expect(dot).toContain('"stop" -> "done"');
  expect(flowToDot(await goodBundle(), "menu", "en")).toContain("I need help");
});

test("quotes and backslashes in a text do not break the picture", async () => {
  const bundle = await goodBundle();
  const vi = new Map([...bundle.texts.vi, ["menu.done.text", 'Xong "rồi" \\n <b>']]);
  const svg = await drawFlow({ ...bundle, texts: { ...bundle.texts, vi } }, "menu");
  expect(svg).toContain("Xong &quot;rồi&quot; \\n &lt;b&gt;");
  expect(svg).toContain('font-family="Be Vietnam Pro, Noto Sans, sans-serif"');
});

test("a flow that does not exist cannot be drawn", async () => {
  await expect(drawFlow(await goodBundle(), "nowhere")).rejects.toThrow(RangeError);
});
