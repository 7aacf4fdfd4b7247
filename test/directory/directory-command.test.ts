import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openApp, readTeam } from "../../src/commands/app.ts";
import { csvRow, parseCsv } from "../../src/directory/csv.ts";
import { COLUMNS } from "../../src/directory/import-rows.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { runCommand, startServer } from "../support/server.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";

const NOW = Date.parse("2026-11-23T09:00:00+07:00");
const DATE = ["--date", "2026-11-23"] as const;

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

const data = () => join(folder, "data");

function run(...args: string[]) {
  return runCommand(["directory", ...args], { env: { DATA_DIR: data() } });
}

/** A file as Excel in Việt Nam saves it. */
async function csv(name: string, ...rows: string[][]): Promise<string> {
  const file = join(folder, name);
  const lines = [[...COLUMNS], ...rows].map((cells) => csvRow(cells, ";"));
  await writeFile(file, `\uFEFF${lines.join("\r\n")}\r\n`);
  return file;
}

const ROW = [
  ...["Hội Phụ nữ phường Hồng Bàng", "Women's Union of Hong Bang", "women's-union", "talk-to-person legal", "11311"],
  ...["0225 3 555 666", "standard", "24/7", "", "", "Có người nghe bạn nói.", "Someone listens to you.", "vi"],
  ...["Chị A", "20/11/2026", "Công văn mẫu"],
];

const Report = z.object({
  grid: z.array(z.object({ province: z.string(), need: z.string(), gap: z.boolean() })),
  due: z.array(z.object({ id: z.string(), reason: z.string() })),
  leads: z.array(z.unknown()),
});

test("the overview fits a window, in both languages, and shows all provinces, calls to make and gaps", async () => {
  for (const [lang, title, gap] of [
    ["vi", "ai ở đâu sẽ thấy gì", "Còn thiếu"],
    ["en", "who sees what where", "No local service yet"],
  ] as const) {
    const { code, stdout } = await run("--lang", lang, ...DATE);
    expect(code).toBe(0);
    expect(stdout).toContain(title);
    expect(stdout).toContain(gap);
    expect(stdout).toContain("nat-peace-house");
    expect(stdout.match(/^.+(?: {2,}[●○·]{2}\??){11}$/gm)).toHaveLength(34);
    const long = stdout.split("\n").filter((line) => line.length > 100 && !line.includes("https://"));
    expect(long).toEqual([]);
  }
});

test("one province in detail, and as JSON", async () => {
  const { stdout } = await run("--province", "Hải Phòng", ...DATE);
  expect(stdout).toContain("Hải Phòng (mã 31)");
  expect(stdout).toContain("113 (miễn phí, 24/7)");
  expect(stdout).toContain("https://");
  const json = Report.parse(JSON.parse((await run("--json", "--province", "31", ...DATE)).stdout));
  expect(json.grid).toHaveLength(11);
  expect(json.due).toHaveLength(60);
  expect(json.leads.length).toBeGreaterThan(2);
  expect(await run("--province", "nơi không có thật")).toMatchObject({ code: 2 });
});

test("a ward's own service is imported once, and people of that ward see it", async () => {
  const file = await csv("ours.csv", ROW);
  const first = await run("import", file, ...DATE);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain("Hồng Bàng (Hải Phòng)");
  const stored = await readFile(join(data(), "services.json"), "utf8");
  const again = await run("import", file, ...DATE);
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toContain("không đổi");
  expect(await readFile(join(data(), "services.json"), "utf8")).toBe(stored);
  const team = await openLowdbStore({ folder: data(), readOnly: true });
  const { worlds } = await openApp({ ...(await readTeam(team)), random: () => 0 });
  const query = { need: "legal", urgent: false, child: false, lang: "vi" } as const;
  const seen = (place: string) => JSON.stringify(worlds.at(NOW).services({ ...query, place }));
  expect(seen("11311")).toContain("0225 3 555 666");
  expect(seen("11311")).not.toContain("Chị A");
  expect(seen("11329")).not.toContain("0225 3 555 666");
  expect(seen("31")).not.toContain("0225 3 555 666");
}, 60_000);

test("a file with mistakes is reported row by row and changes nothing", async () => {
  const wrong = ROW.with(5, "1800 599 920").with(2, "hội");
  const { code, stdout } = await run("import", await csv("bad.csv", ROW, wrong), ...DATE);
  expect(code).toBe(1);
  expect(stdout).toContain("Dòng 3, cột kind:");
  expect(stdout).toContain("Dòng 3, cột phone: Số 1800599920 không được dùng");
  expect(stdout).not.toContain("Dòng 2,");
  await expect(readFile(join(data(), "services.json"))).rejects.toThrow("ENOENT");
});

test("a file that is not UTF-8, or not there, is explained", async () => {
  const file = join(folder, "latin.csv");
  await writeFile(file, Buffer.from([0x6e, 0xe0, 0x6f]));
  const latin = await run("import", file);
  expect(latin).toMatchObject({ code: 2 });
  expect(latin.stderr).toContain("UTF-8");
  expect(await run("import", join(folder, "none.csv"))).toMatchObject({ code: 2 });
  expect(await run("import")).toMatchObject({ code: 2 });
});

test("the template has every column, and its example is not taken for a service", async () => {
  const { stdout } = await run("import", "--template", ...DATE);
  const { rows } = parseCsv(stdout);
  expect(rows[0]).toEqual([...COLUMNS]);
  expect(rows[1]).toHaveLength(COLUMNS.length);
  const file = join(folder, "template.csv");
  await writeFile(file, stdout);
  expect(await run("import", file, ...DATE)).toMatchObject({ code: 1 });
});

test("a recorded call is kept, and changes what is due", async () => {
  const works = await run(
    "check",
    "nat-legal-aid-1233",
    "--by",
    "Chị A",
    "--on",
    "2026-11-20",
    "--result",
    "works",
    ...DATE,
  );
  expect(works).toMatchObject({ code: 0 });
  expect(works.stdout).toContain("20/02/2027");
  expect(await run("check", "nat-csaga", "--by", "Chị A", "--result", "wrong", ...DATE)).toMatchObject({ code: 0 });
  const { due } = Report.parse(JSON.parse((await run("--json", ...DATE)).stdout));
  expect(due.find(({ id }) => id === "nat-legal-aid-1233")).toBeUndefined();
  expect(due.find(({ id }) => id === "nat-csaga")?.reason).toBe("failed");
});

test.each([
  ["an unknown service", ["check", "nat-legal", "--by", "A", "--result", "works"], "nat-legal-aid-1233"],
  ["an answer of one's own", ["check", "nat-csaga", "--by", "A", "--result", "maybe"], "works"],
  ["nobody who called", ["check", "nat-csaga", "--result", "works"], "--by"],
  ["a day that does not exist", ["check", "nat-csaga", "--by", "A", "--result", "works", "--on", "2026-02-30"], "30"],
  ["a call to come", ["check", "nat-csaga", "--by", "A", "--result", "works", "--on", "2026-12-01", ...DATE], "01/12"],
  ["hiding an emergency line", ["check", "nat-113", "--by", "A", "--result", "wrong"], "nat-113"],
])("%s is wrong use", async (_, args, says) => {
  const { code, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test("a broken document stops nothing: the shipped directory answers, and the start says so", async () => {
  const file = await csv("ours.csv", ROW);
  await run("import", file, ...DATE);
  await writeFile(join(data(), "services.json"), '{"checks": "all fine"}');
  const server = await startServer({ dataDir: data() });
  try {
    expect(server.output()).toContain("services.json");
    expect(await run("import", file, ...DATE)).toMatchObject({ code: 1 });
    expect(await run("--json", ...DATE)).toMatchObject({ code: 0 });
  } finally {
    await server.stop();
  }
}, 60_000);
