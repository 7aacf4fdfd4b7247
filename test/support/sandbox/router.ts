import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { NETWORKS } from "../networks/rig.ts";
import { pictureKind } from "../networks/shared/fetch-file.ts";
import { Act, perform } from "./acts.ts";
import type { PageFile } from "./page-files.ts";
import type { Person } from "./people.ts";
import type { Texts } from "./texts.ts";
import { Trouble } from "./troubles.ts";
import { type Parts, viewOf } from "./view.ts";
import { renderWebPhone } from "./web-phone.ts";

/** How often the page is told what changed. */
const TICK_MS = 150;

interface RouterParts extends Parts {
  readonly texts: Readonly<Record<Person["lang"], Texts>>;
  readonly files: ReadonlyMap<string, PageFile>;
}

/** A request that the page should not have made. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** Answers the requests of the page, and of no other page: this server acts for whoever opened it. */
export function createRouter(parts: RouterParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? "")) throw new Refused(403);
      const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
      if (request.method === "POST") return await command(parts, url.pathname, request, response);
      show(parts, url, response);
    } catch (error) {
      response.writeHead(error instanceof Refused ? error.status : 409).end();
    }
  };
}

function show(parts: RouterParts, url: URL, response: ServerResponse): void {
  const file = parts.files.get(url.pathname);
  const bot = parts.rig.bot.address;
  if (file !== undefined) {
    const policy = `default-src 'self'; img-src 'self' ${bot}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    response.writeHead(200, headers(file.type, policy)).end(file.bytes);
  } else if (url.pathname === "/texts.json") {
    response.writeHead(200, headers("application/json")).end(JSON.stringify(parts.texts));
  } else if (url.pathname === "/web-phone") {
    const { page, policy } = renderWebPhone(bot, url);
    response.writeHead(200, headers("text/html; charset=utf-8", policy)).end(page);
  } else if (url.pathname === "/events") streamView(parts, personOf(parts, url.searchParams.get("person")), response);
  else if (url.pathname.startsWith("/file/")) sendFile(parts, url.pathname, response);
  else throw new Refused(404);
}

/** Server-sent events: the whole view whenever it is another one. */
function streamView(parts: RouterParts, { id }: Person, response: ServerResponse): void {
  response.writeHead(200, headers("text/event-stream"));
  let last = "";
  const tick = (): void => {
    const view = JSON.stringify(viewOf(parts, personOf(parts, id)));
    if (view !== last) response.write(`data: ${view}\n\n`);
    last = view;
  };
  tick();
  const timer = setInterval(tick, TICK_MS);
  response.once("close", () => clearInterval(timer));
}

/** `/file/<person>/<network>/<message>`. */
function sendFile(parts: RouterParts, path: string, response: ServerResponse): void {
  const [, , person = "", network, message] = path.split("/");
  const handset = parts.people.handset(personOf(parts, person), z.enum(NETWORKS).parse(network));
  const shown = handset.phone.screen().find(({ id }) => id === message);
  if (shown?.file !== undefined) {
    const name = `attachment; filename*=UTF-8''${encodeURIComponent(shown.file.name)}`;
    const type = "application/octet-stream";
    response.writeHead(200, { ...headers(type), "content-disposition": name }).end(shown.file.bytes);
    return;
  }
  const picture = shown?.picture?.bytes;
  const kind = picture === undefined ? null : pictureKind(picture);
  if (kind === null) throw new Refused(404);
  response.writeHead(200, headers(kind === "jpg" ? "image/jpeg" : `image/${kind}`)).end(picture);
}

const OnPhone = z.object({ person: z.string(), network: z.enum(NETWORKS) });
const ActOnPhone = z.object({ ...OnPhone.shape, act: Act });
const Speak = z.object({ person: z.string(), lang: z.enum(["vi", "en"]) });
const NewPerson = z.object({ name: z.string().trim().min(1).max(40) });
const ChangeTrouble = z.object({ network: z.enum(NETWORKS), trouble: Trouble });

async function command(
  parts: RouterParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers["content-type"] !== "application/json") throw new Refused(415);
  const result = await carryOut(parts, path, await json(request));
  response.writeHead(200, headers("application/json")).end(JSON.stringify(result ?? {}));
}

async function carryOut(parts: RouterParts, path: string, body: unknown): Promise<object | undefined> {
  const { people } = parts;
  switch (path) {
    case "/act": {
      const { person, network, act } = parse(ActOnPhone, body);
      perform(people.handset(personOf(parts, person), network), act);
      return;
    }
    case "/start-over": {
      const { person, network } = parse(OnPhone, body);
      people.startOver(personOf(parts, person), network);
      return;
    }
    case "/speak": {
      const { person, lang } = parse(Speak, body);
      people.speak(personOf(parts, person), lang);
      return;
    }
    case "/people":
      return people.add(parse(NewPerson, body).name);
    case "/trouble": {
      const { network, trouble } = parse(ChangeTrouble, body);
      return parts.troubles.change(network, trouble).then(() => undefined);
    }
    case "/reload":
      return parts.bot.reload().then(() => undefined);
    default:
      throw new Refused(404);
  }
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refused(400);
  return parsed.data;
}

function personOf({ people }: RouterParts, id: string | null): Person {
  const person = people.find(id ?? "");
  if (person === undefined) throw new Refused(404);
  return person;
}

function headers(type: string, policy = "default-src 'none'"): Record<string, string> {
  return {
    "content-type": type,
    "content-security-policy": policy,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}
