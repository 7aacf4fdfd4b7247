import type { Lang } from "../../flow/ids.ts";
import type { Html } from "../../server/html.ts";
import type { Actor, Right } from "../access.ts";
import type { Desk } from "../desk.ts";
import type { DeskProblem } from "../problem.ts";

/** Fills a text of `locales/` by its full key, such as `desk.nav.today`. */
export type SayHere = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** What every page is drawn with. */
export interface Here {
  readonly desk: Desk;
  readonly actor: Actor;
  readonly lang: Lang;
  /** Goes into a hidden field of every form: see `formTo` in parts.ts. */
  readonly csrf: string;
  readonly say: SayHere;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly query: Readonly<Record<string, string>>;
}

export interface Page {
  readonly title: string;
  /** What stands inside `<main>`, without the `<h1>`: the shell writes that from `title`. */
  readonly body: Html;
  /** Scripts of `public/desk/`, by file name. */
  readonly scripts?: readonly string[];
  /** Style sheets of `public/desk/` beside the shell's own, by file name. */
  readonly styles?: readonly string[];
}

/** A file that came with a form. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A form as it came: a field that stands several times is a list; an empty file field is absent. */
export type FormBody = Readonly<Record<string, string | readonly string[] | Upload | undefined>>;
export type Params = Readonly<Record<string, string>>;

/** A page that staff with this right may open. */
export interface ShowRoute {
  readonly method: "GET";
  /** Below `/desk`, such as `/broadcasts/:id`. */
  readonly path: string;
  readonly right: Right;
  /** Rejects with `DeskProblem` for a thing that is not there or not this person's business. */
  show(here: Here, params: Params): Promise<Page>;
}

/** The same for what is not a page: a file, or JSON for a script. */
export interface FileRoute {
  readonly method: "GET";
  readonly path: string;
  readonly right: Right;
  file(
    here: Here,
    params: Params,
  ): Promise<{ readonly type: string; readonly name?: string; readonly body: string | Buffer }>;
}

/** A form whose answer is a piece of a page, for a script to show; nothing is changed. Guarded as any form (CSRF). */
export interface FragmentRoute {
  readonly method: "POST";
  readonly path: string;
  readonly right: Right;
  show(here: Here, body: FormBody, params: Params): Promise<Html>;
}

/** A form that does one action. Afterwards the browser is sent to a page, so that nothing is done twice by reloading. */
export interface DoRoute {
  readonly method: "POST";
  readonly path: string;
  /** Name in `Desk.actions`; its right guards the route. */
  readonly action: string;
  /** The form takes files: sent as multipart/form-data, 5 MB at most. */
  readonly files?: true;
  /** The action's input or a promise of it: may keep a file that came along. Throws or rejects with `DeskProblem`. */
  input(body: FormBody, params: Params, here: Here): unknown;
  /** Where to go then, below `/desk`; `?said=<name>` shows the text `desk.said.<name>` there. */
  done(result: unknown, params: Params): string;
  /** The page again, with what was entered and what does not fit. Absent: a page with the problem alone. */
  again?(here: Here, problem: DeskProblem, body: FormBody, params: Params): Promise<Page>;
}

/** The same, but its answer is a page: for what may be seen only once, such as a link. Reloading asks to send again. */
export interface RevealRoute extends Omit<DoRoute, "done"> {
  reveal(here: RevealHere, result: unknown, params: Params): Promise<Page>;
}

export interface RevealHere extends Here {
  /** Where people reach this server, for links that are copied: `PUBLIC_URL`, else as the browser reached it. */
  readonly origin: string;
}

export type Route = ShowRoute | FileRoute | FragmentRoute | DoRoute | RevealRoute;

/** One field of a form as one text; "" when it is absent. */
export function one(body: FormBody, name: string): string {
  const value = body[name];
  if (typeof value === "string") return value.trim();
  return Array.isArray(value) ? String(value[0] ?? "").trim() : "";
}

/** One field of a form as a list: checkboxes. */
export function many(body: FormBody, name: string): readonly string[] {
  const value = body[name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A file of a form; undefined when none was chosen. */
export function upload(body: FormBody, name: string): Upload | undefined {
  const value = body[name];
  return typeof value === "object" && "bytes" in value ? value : undefined;
}
