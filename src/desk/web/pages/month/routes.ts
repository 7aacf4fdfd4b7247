import { z } from "zod";
import type { DoRoute, FormBody, Params, Route } from "../../route.ts";
import { one } from "../../route.ts";
import { seenOf } from "../../seen.ts";
import { calendarFile, calendarPage } from "./calendar.ts";
import { campaignPage } from "./campaign.ts";
import { slotFormAgain, slotFormPage, slotInput } from "./campaign-form.ts";
import { editEventPage, eventFormAgain, eventInput, newEventPage } from "./event-form.ts";
import { cancelPage, eventPage, eventsPage } from "./events.ts";
import { planPage } from "./plan.ts";

/** The calendar, the plan, the year's theme and local events. */
export function monthRoutes(): readonly Route[] {
  return [...calendarRoutes(), ...planRoutes(), ...slotRoutes(), ...eventRoutes()];
}

function calendarRoutes(): readonly Route[] {
  return [
    { method: "GET", path: "/month", right: "month.read", show: calendarPage },
    { method: "GET", path: "/month/calendar.ics", right: "month.read", file: calendarFile },
  ];
}

const Drafted = z.object({ id: z.string() });

function planRoutes(): readonly Route[] {
  const itemOf = (body: FormBody) => ({ campaign: one(body, "campaign"), item: one(body, "item") });
  return [
    { method: "GET", path: "/plan", right: "month.read", show: planPage },
    {
      method: "POST",
      path: "/plan/tick",
      action: "plan.tick",
      input: (body) => ({ ...itemOf(body), done: one(body, "done") === "yes" }),
      done: () => "/plan?said=ticked",
    },
    {
      method: "POST",
      path: "/plan/draft",
      action: "plan.draft",
      input: itemOf,
      done: (result) => `/broadcasts/${Drafted.parse(result).id}?said=drafted`,
    },
  ];
}

function slotRoutes(): readonly Route[] {
  return [
    { method: "GET", path: "/campaign", right: "month.read", show: campaignPage },
    { method: "GET", path: "/campaign/:id/edit", right: "month.write", show: slotFormPage },
    {
      method: "POST",
      path: "/campaign/:id",
      action: "slot.write",
      input: slotInput,
      done: () => "/campaign?said=saved",
      again: slotFormAgain,
    },
    ...stepRoutes("/campaign/:id", "slot", { key: "campaign", done: () => "/campaign" }),
  ];
}

const Written = z.object({ id: z.string() });

function eventRoutes(): readonly Route[] {
  const done = ({ id = "" }: Params) => `/events/${id}`;
  const write = {
    method: "POST",
    action: "event.write",
    input: eventInput,
    done: (result: unknown) => `/events/${Written.parse(result).id}?said=saved`,
    again: eventFormAgain,
  } as const;
  return [
    { method: "GET", path: "/events", right: "month.read", show: eventsPage },
    { method: "GET", path: "/events/new", right: "month.write", show: newEventPage },
    { ...write, path: "/events" },
    { method: "GET", path: "/events/:id", right: "month.read", show: eventPage },
    { ...write, path: "/events/:id" },
    { method: "GET", path: "/events/:id/edit", right: "month.write", show: editEventPage },
    { method: "GET", path: "/events/:id/cancel", right: "month.write", show: cancelPage },
    ...stepRoutes("/events/:id", "event", { key: "id", done }),
    {
      method: "POST",
      path: "/events/:id/cancel",
      action: "event.cancel",
      input: (_, { id }) => ({ id }),
      done: (_, params) => `${done(params)}?said=cancelled`,
    },
  ];
}

/** Submitting, sending back and releasing; `key`: under which name the action takes the id. */
function stepRoutes(
  path: string,
  group: "slot" | "event",
  { key, done }: { readonly key: "campaign" | "id"; done(params: Params): string },
): readonly DoRoute[] {
  const step = (name: "submit" | "return" | "release", said: string): DoRoute => ({
    method: "POST",
    path: `${path}/${name}`,
    action: `${group}.${name}`,
    input: (body, { id }) => ({
      ...{ [key]: id, ...seenOf(body) },
      ...(name === "return" && { remark: one(body, "remark") }),
    }),
    done: (_, params) => `${done(params)}?said=${said}`,
  });
  return [step("submit", "submitted"), step("return", "returned"), step("release", "released")];
}
