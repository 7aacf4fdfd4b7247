import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { loadContent } from "../../src/content/snapshot.ts";
import { copyOfGood } from "./folders.ts";

const SIGNALS = join(import.meta.dirname, "../../content/safety/signals.yaml");
const SOURCE = join(import.meta.dirname, "../../src/content/snapshot.ts");

test("the second start reads the snapshot and gets the same content", async () => {
  const [root, cache] = [await copyOfGood(), join(await copyOfGood(), "cache")];
  await mkdir(join(root, "content/safety"), { recursive: true });
  await writeFile(join(root, "content/safety/signals.yaml"), await readFile(SIGNALS, "utf8"));
  const first = await loadContent(root, cache);
  const second = await loadContent(root, cache);
  expect([first.from, second.from]).toEqual(["files", "snapshot"]);
  const plain = ({ locate: _, places: __, ...rest }: typeof first.bundle) => rest;
  expect(plain(second.bundle)).toEqual(plain(first.bundle));
  expect(second.bundle.flows.get("menu")?.expires).toBe("24h");
  expect(second.bundle.texts.vi.get("menu.done.text")).toBe("Xong rồi.");
});

test("a changed, added or removed file makes the snapshot stale, and stale ones are cleared away", async () => {
  const [root, cache] = [await copyOfGood(), join(await copyOfGood(), "cache")];
  await loadContent(root, cache);
  const texts = join(root, "locales/vi/menu.yaml");
  await writeFile(texts, (await readFile(texts, "utf8")).replace("Xong rồi.", "Xong nhé!"));
  await utimes(texts, new Date(1), new Date(1));
  const changed = await loadContent(root, cache);
  expect([changed.from, changed.bundle.texts.vi.get("menu.done.text")]).toEqual(["files", "Xong nhé!"]);
  await writeFile(join(root, "locales/vi/common.yaml"), "yes: Có\n");
  await writeFile(join(root, "locales/en/common.yaml"), "yes: 'Yes'\n");
  expect((await loadContent(root, cache)).from).toBe("files");
  expect(await readdir(cache)).toHaveLength(1);
});

test("a torn snapshot, or a folder that cannot be written, is passed over in silence", async () => {
  const [root, cache] = [await copyOfGood(), join(await copyOfGood(), "cache")];
  await loadContent(root, cache);
  const [name = ""] = await readdir(cache);
  await writeFile(join(cache, name), '{"key":');
  expect((await loadContent(root, cache)).from).toBe("files");
  const blocked = join(root, "file-in-the-way");
  await writeFile(blocked, "");
  expect((await loadContent(root, join(blocked, "cache"))).from).toBe("files");
});

test("a mistake in a file is told with its place and what to do next", async () => {
  const root = await copyOfGood();
  await writeFile(join(root, "flows/menu.yaml"), "flow: menu\nversion: none\n");
  const loading = loadContent(root, join(root, "cache"));
  await expect(loading).rejects.toMatchObject({ code: "content_invalid" });
  await expect(loading).rejects.toThrow(/flows\/menu\.yaml:2 version.*npm run check/);
});

test("places are read from their files when they are asked for", async () => {
  const root = await copyOfGood();
  await mkdir(join(root, "content/places"), { recursive: true });
  await writeFile(join(root, "content/places/communes.csv"), "code\n1\n");
  await writeFile(join(root, "content/places/former-units.csv"), "code\n2\n");
  const { bundle } = await loadContent(root, join(root, "cache"));
  expect([bundle.places.communes, bundle.places.former]).toEqual(["code\n1\n", "code\n2\n"]);
});

test("with a fresh snapshot neither the YAML reader nor the schemas are loaded", async () => {
  const root = await copyOfGood();
  await loadContent(root, join(root, "cache"));
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ resolve(name, context, next) { loaded.push(name); return next(name, context); } });
    const { loadContent } = await import(${JSON.stringify(SOURCE)});
    const { from } = await loadContent(${JSON.stringify(root)}, ${JSON.stringify(join(root, "cache"))});
    console.log(JSON.stringify({ from, loaded: loaded.filter((name) => name === "yaml" || name === "zod") }));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  expect(JSON.parse(stdout)).toEqual({ from: "snapshot", loaded: [] });
});
