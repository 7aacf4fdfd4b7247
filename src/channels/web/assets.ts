import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";

const TYPES = new Map([
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
]);

/**
 * Serves the browser files of a folder, read once and held packed: a cheap phone on a slow network loads the whole
 * widget in a few kilobytes. Browsers ask again after five minutes, and get nothing new unless the file changed.
 */
export async function serveAssets(app: FastifyInstance, folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names) {
    const type = TYPES.get(extname(name));
    if (type !== undefined)
      await serveAsset(app, `/${name.replaceAll("\\", "/")}`, type, await readFile(join(folder, name), "utf8"));
  }
}

async function serveAsset(app: FastifyInstance, path: string, type: string, source: string): Promise<void> {
  const plain = Buffer.from(type.startsWith("text/") ? slim(source) : source);
  const packed = await promisify(gzip)(plain);
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 16)}"`;
  app.get(path, async (request, reply) => {
    reply.headers({ etag, "cache-control": "public, max-age=300", vary: "accept-encoding, origin" });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    const takesPacked = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    if (takesPacked) reply.header("content-encoding", "gzip");
    return reply.type(type).send(takesPacked ? packed : plain);
  });
}

/**
 * The same script or style sheet without indentation, comments that fill whole lines, types in comments, and line ends
 * and semicolons where a statement or block ends as well. It knows no strings: ours hold nothing that looks like these,
 * and end every statement with a semicolon; a line with `//` keeps its end.
 */
export function slim(source: string): string {
  return source
    .replace(/^[ \t]*\/\*[\s\S]*?\*\/[ \t]*\n/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/^\/\/.*\n/gm, "")
    .replace(/\/\*\* @type [^*]*\*\/ /g, "")
    .replace(/\n{2,}/g, "\n")
    .replace(/^((?:(?!\/\/).)*[{};,])\n/gm, "$1")
    .replaceAll(";}", "}");
}
