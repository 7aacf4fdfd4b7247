import { z } from "zod";
import { Broadcast } from "../../../../broadcast/broadcast.ts";
import type { DeskMedia } from "../../../media.ts";
import { DeskProblem } from "../../../problem.ts";
import { type DoRoute, one, type Route } from "../../route.ts";
import { seenOf } from "../../seen.ts";
import { againPage, editPage, newPage, previewFragment, reachFragment, writeInput } from "./compose.ts";
import { listPage } from "./list.ts";
import { confirmPage } from "./steps.ts";
import { progressFile, viewPage } from "./view.ts";
import { pathOf } from "./words.ts";

/** Pages and forms of broadcasts. `media` keeps what comes with the composer. */
export function broadcastRoutes({ media }: { readonly media: DeskMedia }): readonly Route[] {
  return [
    { method: "GET", path: "/broadcasts", right: "broadcast.read", show: listPage },
    { method: "GET", path: "/broadcasts/new", right: "broadcast.write", show: newPage },
    { method: "POST", path: "/broadcasts/preview", right: "broadcast.write", show: previewFragment },
    { method: "POST", path: "/broadcasts/reach", right: "broadcast.write", show: reachFragment },
    {
      method: "GET",
      path: "/broadcasts/media/:file",
      right: "broadcast.read",
      file: async (_here, { file = "" }) => (await media.read(file)) ?? missing(),
    },
    { method: "GET", path: "/broadcasts/:id", right: "broadcast.read", show: (here, params) => viewPage(here, params) },
    { method: "GET", path: "/broadcasts/:id/progress", right: "broadcast.read", file: progressFile },
    { method: "GET", path: "/broadcasts/:id/edit", right: "broadcast.write", show: editPage },
    write(media, "/broadcasts/new"),
    write(media, "/broadcasts/:id/edit"),
    ...CONFIRMED.map((name): Route => {
      const right = name === "abort" ? "broadcast.steer" : "broadcast.write";
      return {
        method: "GET",
        path: `/broadcasts/:id/${name}`,
        right,
        show: (here, params) => confirmPage(here, name, params),
      };
    }),
    ...Object.entries(SAID).map(([name, said]) => step(name, said)),
  ];
}

const CONFIRMED = ["abort", "delete"] as const;

/** Each step with the name of what is said afterwards (`desk.said.…`). */
const SAID = {
  submit: "submitted",
  return: "returned",
  release: "released",
  pause: "paused",
  resume: "resumed",
  abort: "aborted",
  test: "test-sent",
  delete: "deleted",
} as const;

/** What `broadcast.test` gives back: how many chats it went to. */
const Tested = z.object({ sent: z.int() });
const NO_TEST_CHAT = new DeskProblem("invalid", [{ field: "test", text: "desk-broadcasts.invalid.no-test-chat" }]);

function missing(): never {
  throw new DeskProblem("not-found");
}

function write(media: DeskMedia, path: string): DoRoute {
  return {
    method: "POST",
    path,
    action: "broadcast.write",
    files: true,
    input: (body, params, here) => writeInput(here, media, body, params),
    done: (result) => `${pathOf(Broadcast.parse(result))}?said=saved`,
    again: (here, problem, body, params) => againPage(here, media, { problem, body, params }),
  };
}

function step(name: string, said: string): DoRoute {
  return {
    method: "POST",
    path: `/broadcasts/:id/${name}`,
    action: `broadcast.${name}`,
    input: (body, { id }) => ({ id, ...seenOf(body), ...(name === "return" && { remark: one(body, "remark") }) }),
    done: (result, { id = "" }) => {
      if (name === "test" && Tested.parse(result).sent === 0) throw NO_TEST_CHAT;
      return `${name === "delete" ? "/broadcasts" : pathOf({ id })}?said=${said}`;
    },
    again: (here, problem, _body, params) => viewPage(here, params, problem),
  };
}
