import { z } from "zod";
import type { Role } from "../../src/desk/access.ts";
import { type Actions, action } from "../../src/desk/action.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { DeskProblem } from "../../src/desk/problem.ts";
import type { ShownMember, Staff } from "../../src/desk/staff/staff.ts";

export const NOW = Date.parse("2026-11-23T09:00:00+07:00");

function member(login: string, roles: readonly Role[], more: Partial<ShownMember> = {}): ShownMember {
  const plain = {
    lang: "vi",
    active: true,
    secondFactor: false,
    lockedUntil: undefined,
    testChats: 0,
    changedAt: NOW,
  } as const;
  return { ...plain, id: login, login, name: `Chị ${login}`, roles: [...roles], ...more };
}

const MEMBERS = [
  member("lan", ["author"]),
  member("mai", ["approver"]),
  member("hoa", ["admin"]),
  member("cuc", ["admin"], { place: "31" }),
  member("nghi", ["author"], { active: false }),
];

const Unused = () => {
  throw new Error("not part of this test");
};

const PLACES = new Map([
  ["Hà Giang", "08"],
  ["Hải Phòng", "31"],
]);

/** A desk of a few actions that note what they were given, as the table of the real one does. */
export function commandDesk(): { readonly desk: Desk; readonly done: unknown[] } {
  const done: unknown[] = [];
  const keep = async (input: unknown, by: unknown) => {
    done.push({ input, by });
    return { kept: true };
  };
  const actions: Actions = {
    "broadcast.release": action({
      right: "broadcast.release",
      input: z.strictObject({ id: z.string() }),
      run: async ({ id }, by) => {
        if (id === "mine") throw new DeskProblem("second-person");
        return keep({ id }, by);
      },
    }),
    "broadcast.write": action({ right: "broadcast.write", input: Written, run: keep }),
    "staff.invite": action({
      right: "staff.manage",
      input: z.strictObject({ name: z.string(), roles: z.array(z.string()), place: z.string().optional() }),
      run: async (input, by) => {
        await keep(input, by);
        return { token: "a-token", until: NOW };
      },
    }),
  };
  return { done, desk: deskOf(actions) };
}

const Written = z.strictObject({
  id: z.string().optional(),
  title: z.strictObject({ vi: z.string(), en: z.string() }),
  segment: z.strictObject({ topics: z.array(z.enum(["tips", "campaign"])), places: z.array(z.string()).max(2) }),
  parts: z.array(z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("a"), n: z.int() })])).optional(),
  urgent: z.boolean().optional(),
  most: z.int().optional(),
  testCode: z.string().optional(),
});

function deskOf(actions: Actions): Desk {
  return {
    actions,
    staff: staffOf(),
    broadcasts: {
      list: async () => [],
      view: Unused,
      preview: Unused,
      reach: Unused,
      ways: () => [],
      tipTopics: () => [],
    },
    month: {
      current: () => null,
      slots: Unused,
      plan: Unused,
      calendar: Unused,
      events: Unused,
      event: Unused,
      publicEvent: Unused,
    },
    directory: { entries: async () => [] },
    audit: { note: Unused, read: async () => [] },
    authority: { name: () => ({ vi: "Phường Ví Dụ", en: "Example Ward" }), place: () => "22", hours: () => null },
    places: {
      provinceOf: (code) => code.slice(0, 2),
      name: () => undefined,
      resolve: (text) => PLACES.get(text),
      candidates: () => [],
    },
  };
}

function staffOf(): Staff {
  const found = (login: string) => MEMBERS.find((one) => one.login === login) ?? null;
  return {
    ...{
      invitation: Unused,
      accept: Unused,
      signIn: Unused,
      checkCode: Unused,
      newSecondFactor: Unused,
      enrol: Unused,
    },
    ...{ invite: Unused, change: Unused, reset: Unused, unlock: Unused, changePassword: Unused },
    ...{ changeLanguage: Unused, testChats: Unused, changeTestChats: Unused, openLinks: Unused, withdraw: Unused },
    firstLink: async () => "first-token",
    resetLink: async (login) => (found(login) === null ? null : { token: "reset-token", until: NOW }),
    member: async (id) => found(id),
    all: async () => MEMBERS,
    byLogin: async (login) => found(login),
  };
}
