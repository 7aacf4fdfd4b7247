import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { withDesk } from "../../src/commands/with-desk.ts";
import { readConfig } from "../../src/config.ts";
import { runCommand, startServer } from "../support/server.ts";
import { makeFolder, removeFolder } from "../system/folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

function desk(...args: string[]) {
  return runCommand(["desk", ...args], { env: { DATA_DIR: folder } });
}

async function makeAdministrator(): Promise<void> {
  await withDesk(readConfig({ DATA_DIR: folder }), async ({ staff }) => {
    const token = (await staff.firstLink()) ?? "";
    const given = { login: "hoa", name: "Chị Hoa", password: "mưa rào chiều thứ bảy", lang: "vi" } as const;
    await staff.accept(token, given);
  });
}

const Invited = z.object({ link: z.string() });
const Entries = z.array(z.object({ action: z.string(), via: z.string(), name: z.string() }));
const INVITE = [
  "staff",
  "invite",
  "Chị Lan",
  "--roles",
  "author",
  "--place",
  "Hà Nội",
  "--as",
  "hoa",
  "--json",
] as const;

test("the same command works beside a running bot and without one", async () => {
  await makeAdministrator();
  const alone = await desk(...INVITE);
  expect(alone).toMatchObject({ code: 0, stderr: "" });
  const server = await startServer({ dataDir: folder });
  try {
    const beside = await desk(...INVITE);
    expect(beside).toMatchObject({ code: 0, stderr: "" });
    const { link } = Invited.parse(JSON.parse(beside.stdout));
    expect(link).toMatch(/\/desk\/accept\/[\w-]{43}$/);
    const { pathname } = new URL(link);
    expect((await fetch(`${server.address}${pathname}`, { headers: { "sec-fetch-site": "none" } })).status).toBe(200);
    const trail = Entries.parse(JSON.parse((await desk("audit", "--as", "hoa", "--json")).stdout));
    const invited = trail.filter(({ action }) => action === "staff.invite");
    expect(invited).toMatchObject([{ via: "command", name: "Chị Hoa" }, { via: "command" }]);
    expect(await desk("broadcast", "list")).toMatchObject({ code: 2, stdout: "" });
    expect(await desk("broadcast", "write", "--title", "Tin", "--as", "hoa")).toMatchObject({ code: 1, stdout: "" });
    expect(server.output()).not.toContain("Chị Lan");
    if (process.platform !== "win32") expect((await stat(join(folder, "address.json"))).mode & 0o777).toBe(0o600);
  } finally {
    await server.stop();
  }
  await expect(readFile(join(folder, "address.json"))).rejects.toThrow("ENOENT");
}, 120_000);

test("after a bot was killed the command does it itself", async () => {
  await makeAdministrator();
  const server = await startServer({ dataDir: folder });
  await server.kill9();
  const { code, stdout } = await desk("staff", "list", "--as", "hoa");
  expect(code).toBe(0);
  expect(stdout).toContain("Chị Hoa");
}, 120_000);

test("everything that can be done is listed, with what it takes", async () => {
  const { code, stdout } = await desk();
  expect(code).toBe(0);
  for (const line of [
    "broadcast release  [approver]\n    id*: text",
    "directory check  [directory]\n    service*: text, answer*: works | wrong | changed, note: text",
    "staff invite  [admin]\n    name*: text, roles*: [author | approver | directory | admin], place: text",
  ]) {
    expect(stdout).toContain(line);
  }
}, 60_000);
