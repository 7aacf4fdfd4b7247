import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createMedia, MEDIA_MAX } from "../../src/desk/media.ts";
import { inFolder } from "../system/folder.ts";

const bytes = (start: string, length = 300) => Buffer.from(start.padEnd(length, "\0"), "latin1");
const track = (kind: string) => `\0\0\0\x20ftypM4A \0\0\0\0 hdlr\0\0\0\0\0\0\0\0${kind}`;

const GOOD = [
  ["jpg", "image", "\xff\xd8\xff\xe0"],
  ["png", "image", "\x89PNG\r\n\x1a\n"],
  ["mp3", "voice", "ID3\x04"],
  ["mp3", "voice", "\xff\xfb\x90"],
  ["aac", "voice", "\xff\xf1\x50"],
  ["ogg", "voice", `OggS${"\0".repeat(24)}OpusHead`],
  ["m4a", "voice", track("soun")],
] as const;

const BAD = {
  "a page": "<html><script>alert(1)</script>",
  "a drawing with scripts": '<svg xmlns="http://www.w3.org/2000/svg">',
  "a film in the shape of a recording": `${track("soun")}hdlr\0\0\0\0\0\0\0\0vide`,
  "a film of OGG": `OggS${"\0".repeat(24)}theora`,
  "an archive": "PK\x03\x04",
  "a GIF": "GIF89a",
};

describe("the team's pictures and recordings", () => {
  test.each(GOOD)("keeps %s as %s by its first bytes", (ending, kind, start) =>
    inFolder(async (folder) => {
      const media = createMedia({ folder: join(folder, "media") });
      const sent = bytes(start);
      const kept = await media.keep({ bytes: sent });
      expect(kept.kind).toBe(kind);
      expect(kept.file).toMatch(new RegExp(`^[0-9a-f]{32}\\.${ending}$`));
      expect((await media.read(kept.file))?.body.equals(sent)).toBe(true);
    }),
  );

  test.each(Object.entries(BAD))("refuses %s, whatever its name says", (_what, start) =>
    inFolder(async (folder) => {
      const issues = [{ field: "media", text: "desk-broadcasts.invalid.media-type" }];
      await expect(createMedia({ folder }).keep({ bytes: bytes(start) })).rejects.toMatchObject({ issues });
      expect(await readdir(folder)).toEqual([]);
    }),
  );

  test("refuses what is larger than a megabyte", () =>
    inFolder(async (folder) => {
      const issues = [{ field: "media", text: "desk-broadcasts.invalid.media-size" }];
      const large = bytes("\xff\xd8\xff", MEDIA_MAX + 1);
      await expect(createMedia({ folder }).keep({ bytes: large })).rejects.toMatchObject({ issues });
    }));

  test("keeps the same file once, readable by nobody else", () =>
    inFolder(async (folder) => {
      const media = createMedia({ folder });
      const first = await media.keep({ bytes: bytes("\xff\xd8\xff") });
      expect(await media.keep({ bytes: bytes("\xff\xd8\xff") })).toEqual(first);
      expect(await readdir(folder)).toEqual([first.file]);
      if (process.platform !== "win32") expect((await stat(join(folder, first.file))).mode & 0o777).toBe(0o600);
    }));

  test.each(["../citizens.sqlite", "0".repeat(32), `${"0".repeat(32)}.exe`, `${"0".repeat(32)}.jpg`])(
    "has nothing by the name %s",
    (file) => inFolder(async (folder) => expect(await createMedia({ folder }).read(file)).toBeNull()),
  );
});
