import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { ROLES, type Role } from "../../../src/desk/access.ts";
import { createStaff } from "../../../src/desk/staff/create-staff.ts";
import type { Member } from "../../../src/desk/staff/staff.ts";
import { createAuditLog } from "../../../src/stores/audit-log.ts";
import { ephemeralKeyring } from "../../../src/stores/keyring.ts";
import type { TeamStore } from "../../../src/stores/team-store.ts";
import { PLACES as FEW_PLACES, PASSWORD } from "../staff-stage.ts";
import { EVERY_THING, loginOf, PLACES_OF_STAFF, PLACES_OF_THINGS, POSTS, type Thing } from "./access-places.ts";

/** Wrote every thing there is; has all roles, everywhere. */
export const WRITER = "nguoi-viet";
/** The same, for what nobody is asked about their role. */
export const BOSS = "moi-viec";
export const HALF = "mot-nua";
export const OFF = "da-nghi";

/** Members whom nobody signs in as: those that administrators change. */
export function colleagueIn(thing: Thing): string {
  return `dong-nghiep-${thing}`;
}

/** Everybody at once, before the desk opens: one password for all, hashed once, because a hash takes its time. */
export async function writeStaff(team: TeamStore, file: string, now: () => number): Promise<void> {
  const commonPasswords = new Set<string>();
  const audit = createAuditLog(file, now);
  const deps = { team, audit, keyring: ephemeralKeyring(), places: FEW_PLACES, now, randomBytes, commonPasswords };
  const staff = createStaff(deps);
  const token = (await staff.firstLink()) ?? expect.fail("no link");
  await staff.accept(token, { login: BOSS, name: BOSS, password: PASSWORD, lang: "vi" });
  const written = await team.read("staff");
  const boss = written?.members[BOSS] ?? expect.fail("nobody");
  const named = (id: string, roles: readonly Role[], place = ""): Member => {
    return { ...boss, id, login: id, name: id, roles: [...roles], ...(place !== "" && { place }) };
  };
  const members = [
    ...[BOSS, WRITER, HALF, OFF].map((id) => named(id, ROLES)),
    ...POSTS.map((post) => named(loginOf(post), [post.role], PLACES_OF_STAFF[post.place])),
    ...EVERY_THING.map((thing) => named(colleagueIn(thing), ["author"], PLACES_OF_THINGS[thing])),
  ];
  await team.write("staff", { members: Object.fromEntries(members.map((one) => [one.id, one])), invitations: [] });
}
