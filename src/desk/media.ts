import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Media } from "../broadcast/broadcast.ts";
import { flushFolder, hasCode, PRIVATE_FILE, PRIVATE_FOLDER } from "../stores/durable-files.ts";
import { DeskProblem } from "./problem.ts";

/** Largest picture or recording, in bytes: what a slow phone loads in a few seconds. */
export const MEDIA_MAX = 1_048_576;

export type KeptMedia = Pick<Media, "kind" | "file">;

/** Pictures and recordings that the team sends. A file is named by what it holds, so the same one is kept once. */
export interface DeskMedia {
  /**
   * Resolves once the file would survive a power cut. Rejects with `DeskProblem` invalid, field `media`, for what is too
   * large or is no picture or recording by its first bytes, whatever its name says.
   */
  keep(upload: { readonly bytes: Buffer }): Promise<KeptMedia>;
  /** Null for a file that is not there. */
  read(file: string): Promise<{ readonly type: string; readonly body: Buffer } | null>;
}

/** `folder` is made with the first file. */
export function createMedia({ folder }: { readonly folder: string }): DeskMedia {
  return {
    async keep({ bytes }) {
      if (bytes.length > MEDIA_MAX) throw refusal("media-size");
      const format = formatOf(bytes.toString("latin1"));
      if (format === undefined) throw refusal("media-type");
      const name = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
      const file = `${name}.${format}`;
      await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
      await writeFileAtomic(join(folder, file), bytes, { mode: PRIVATE_FILE });
      await flushFolder(folder);
      return { kind: kindOf(format), file };
    },
    async read(file) {
      const format = /^[0-9a-f]{32}\.([a-z0-9]{3})$/.exec(file)?.[1];
      if (format === undefined || !isFormat(format)) return null;
      try {
        return { type: FORMATS[format].type, body: await readFile(join(folder, file)) };
      } catch (error) {
        if (hasCode(error, "ENOENT")) return null;
        throw error;
      }
    },
  };
}

const FORMATS = {
  jpg: { type: "image/jpeg", is: (all: string) => all.startsWith("\xff\xd8\xff") },
  png: { type: "image/png", is: (all: string) => all.startsWith("\x89PNG\r\n\x1a\n") },
  ogg: { type: "audio/ogg", is: (all: string) => /^OggS[\s\S]{20,200}(?:OpusHead|vorbis)/.test(all) },
  m4a: { type: "audio/mp4", is: isSoundOnly },
  /** ADTS: twelve bits of synchronisation, layer 0. */
  aac: { type: "audio/aac", is: (all: string) => /^\xff[\xf0\xf1\xf8\xf9]/.test(all) },
  /** An ID3 tag, or a frame of layer III. */
  mp3: { type: "audio/mpeg", is: (all: string) => /^(?:ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/.test(all) },
} as const;
type Format = keyof typeof FORMATS;

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** By the bytes, each as one character. */
function formatOf(all: string): Format | undefined {
  return Object.keys(FORMATS)
    .filter(isFormat)
    .find((name) => FORMATS[name].is(all));
}

/** An MP4 file (ISO/IEC 14496-12) with a track of sound and none of pictures. */
function isSoundOnly(all: string): boolean {
  const tracks = [...all.matchAll(/hdlr[\s\S]{8}(soun|vide)/g)].map(([, track]) => track);
  return all.startsWith("ftyp", 4) && tracks.includes("soun") && !tracks.includes("vide");
}

/** Of a kept file, by its name. */
export function kindOf(file: string): KeptMedia["kind"] {
  return /(?:jpg|png)$/.test(file) ? "image" : "voice";
}

function refusal(name: "media-size" | "media-type"): DeskProblem {
  return new DeskProblem("invalid", [{ field: "media", text: `desk-broadcasts.invalid.${name}` }]);
}
