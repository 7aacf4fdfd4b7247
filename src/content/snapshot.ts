import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import type { Flow } from "../flow/schema.ts";
import type { Bundle } from "./bundle.ts";
import { type FileStamp, readFolder, stampFolder } from "./files.ts";

export interface Loaded {
  readonly bundle: Bundle;
  /** `snapshot`: neither YAML nor the schemas were needed. */
  readonly from: "snapshot" | "files";
}

/** Raised when what a snapshot holds changes. */
const FORMAT = 2;
const SOURCE_FOLDER = fileURLToPath(new URL("..", import.meta.url));
/** Code that decides what the files mean; a change there makes every snapshot stale. */
const CODE_FOLDERS = ["campaign", "content", "directory", "draft", "flow", "guide", "safety"] as const;

/**
 * Flows, texts and content, ready to run. Kept parsed in `cacheFolder`, so that a start with unchanged files costs
 * one read; a snapshot that is stale, unreadable or cannot be written is passed over in silence. The CSV texts of
 * `places` and the model are read when they are first asked for. Test dialogues and source places are not part of a
 * running bot.
 * Rejects with `AppError` `content_invalid` when a file has a mistake; `npm run check` says more.
 */
export async function loadContent(
  root: string,
  cacheFolder: string = join(root, "node_modules", ".cache", "an-tam"),
): Promise<Loaded> {
  const key = await keyOf(root);
  const kept = await readSnapshot(join(cacheFolder, snapshotName(key)), key);
  if (kept !== undefined) return { bundle: thaw(root, kept.content), from: "snapshot" };
  const frozen = freeze(await parse(root));
  await writeSnapshot(cacheFolder, { key, content: frozen });
  return { bundle: thaw(root, frozen), from: "files" };
}

async function parse(root: string): Promise<Bundle> {
  const [files, { parseFiles }] = await Promise.all([readFolder(root), import("./parse.ts")]);
  const { bundle, findings } = parseFiles(files);
  const errors = findings.filter((finding) => finding.severity === "error");
  if (bundle !== null && errors.length === 0) return bundle;
  const first = errors.slice(0, 3).map(({ file, line, message }) => `${file}:${line ?? 1} ${message}`);
  const rest = errors.length > 3 ? ` and ${errors.length - 3} more` : "";
  throw new AppError("content_invalid", `${first.join("; ")}${rest}. Run "npm run check" and mend what it lists.`);
}

/** A bundle as JSON can carry it. */
interface Frozen extends Omit<Bundle, "flows" | "texts" | "places" | "model" | "media" | "transcripts" | "locate"> {
  readonly flows: readonly (readonly [string, Flow])[];
  readonly texts: { readonly vi: readonly (readonly [string, string])[]; readonly en: Frozen["texts"]["vi"] };
  readonly provinces: Bundle["places"]["provinces"];
  readonly media: readonly string[];
}

interface Snapshot {
  readonly key: string;
  readonly content: Frozen;
}

function freeze({ flows, texts, places, media, model: _, transcripts: __, locate: ___, ...rest }: Bundle): Frozen {
  return {
    ...rest,
    flows: [...flows],
    texts: { vi: [...texts.vi], en: [...texts.en] },
    provinces: places.provinces,
    media: [...media],
  };
}

function thaw(root: string, { flows, texts, provinces, media, ...rest }: Frozen): Bundle {
  return {
    ...rest,
    flows: new Map(flows),
    texts: { vi: new Map(texts.vi), en: new Map(texts.en) },
    places: lazyPlaces(root, provinces),
    get model() {
      return rest.lexicon === null ? "" : readFileSync(join(root, "content", "safety", "model.json"), "utf8");
    },
    media: new Set(media),
    transcripts: new Map(),
    locate: () => ({ file: "" }),
  };
}

function lazyPlaces(root: string, provinces: Bundle["places"]["provinces"]): Bundle["places"] {
  const read = (name: string) => readFileSync(join(root, "content", "places", name), "utf8");
  return {
    provinces,
    get communes() {
      return read("communes.csv");
    },
    get former() {
      return read("former-units.csv");
    },
  };
}

/** Changes whenever a file of the folder, or the code that reads it, does. */
async function keyOf(root: string): Promise<string> {
  const stamps = await Promise.all([stampFolder(root), stampFolder(SOURCE_FOLDER, CODE_FOLDERS)]);
  const line = ({ path, size, changed }: FileStamp) => `${path} ${size} ${changed}`;
  const lines = [String(FORMAT), ...stamps.flat().map(line)];
  return createHash("sha256").update(lines.join("\n")).digest("base64url");
}

function snapshotName(key: string): string {
  return `content-${key.slice(0, 16)}.json`;
}

async function readSnapshot(file: string, key: string): Promise<Snapshot | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    return isSnapshot(value, key) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Only this module writes such files, whole or not at all; one that carries the right key has the right shape. */
function isSnapshot(value: unknown, key: string): value is Snapshot {
  return typeof value === "object" && value !== null && "key" in value && value.key === key && "content" in value;
}

async function writeSnapshot(folder: string, snapshot: Snapshot): Promise<void> {
  const name = snapshotName(snapshot.key);
  const draft = join(folder, `${name}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, JSON.stringify(snapshot));
    await rename(draft, join(folder, name));
    await dropOthers(folder, name);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function dropOthers(folder: string, name: string): Promise<void> {
  const stale = (await readdir(folder)).filter((file) => /^content-.{16}\.json$/.test(file) && file !== name);
  await Promise.all(stale.map((file) => rm(join(folder, file), { force: true })));
}
