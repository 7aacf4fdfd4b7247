import { z } from "zod";
import { Lang, Slug } from "../../flow/ids.ts";
import { ROLES } from "../access.ts";
import { type Actions, action } from "../action.ts";
import { PlaceGiven, type StaffOffice } from "./staff.ts";

/** Accounts: an administrator's actions, and everybody's own. Those that give a link resolve with it (`StaffLink`). */
export function staffActions(staff: StaffOffice): Actions {
  return {
    "staff.invite": action({ right: "staff.manage", input: Invite, run: (given, by) => staff.invite(given, by) }),
    "staff.change": action({ right: "staff.manage", input: Change, run: (given, by) => staff.change(given, by) }),
    "staff.reset": action({ right: "staff.manage", input: Reset, run: (given, by) => staff.reset(given, by) }),
    "staff.unlock": action({ right: "staff.manage", input: One, run: ({ id }, by) => staff.unlock(id, by) }),
    "staff.withdraw": action({
      right: "staff.manage",
      input: OneLink,
      run: ({ id }, by) => staff.withdraw(id, by),
    }),
    "own.password": action({ right: "own", input: Password, run: (given, by) => staff.changePassword(given, by) }),
    "own.language": action({ right: "own", input: Language, run: ({ lang }, by) => staff.changeLanguage(lang, by) }),
  };
}

const Name = z.string().trim().min(1, "desk.invalid.name").max(80, "desk.invalid.name");
const Roles = z.array(z.enum(ROLES)).min(1, "desk.invalid.roles");

const Invite = z.strictObject({ name: Name, roles: Roles, place: PlaceGiven.optional() });
/** What is absent stays as it is. */
const Change = z.strictObject({
  id: Slug,
  name: Name.optional(),
  roles: Roles.optional(),
  place: PlaceGiven.optional(),
  active: z.boolean().optional(),
});
const Reset = z.strictObject({ id: Slug, secondFactor: z.boolean() });
const One = z.strictObject({ id: Slug });
/** The link's name in the audit trail. */
const OneLink = z.strictObject({ id: z.string().regex(/^link-[\w-]{8}$/) });
const Password = z.strictObject({ before: z.string().max(1_000), after: z.string().max(1_000) });
const Language = z.strictObject({ lang: Lang });
