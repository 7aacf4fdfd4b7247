import { ROLES, type Role } from "../../../src/desk/access.ts";

/** To what a member of staff is limited. The bot of this test is Hà Nội's. */
export const PLACES_OF_STAFF = {
  none: "",
  authority: "01",
  ward: "00070",
  "other-ward": "00008",
  far: "22",
} as const;
export type Place = keyof typeof PLACES_OF_STAFF;
export const EVERY_PLACE: readonly Place[] = ["none", "authority", "ward", "other-ward", "far"];

/** Where things are: for everybody, in a ward of Hà Nội, or in a ward of Quảng Ninh. */
export const PLACES_OF_THINGS = { everybody: "", ward: "00070", far: "07135" } as const;
export type Thing = keyof typeof PLACES_OF_THINGS;
export const EVERY_THING: readonly Thing[] = ["everybody", "ward", "far"];

/** Whose business a thing is, said once more by hand. */
export const MAY: Readonly<Record<Thing, readonly Place[]>> = {
  everybody: ["none", "authority"],
  ward: ["none", "authority", "ward"],
  far: ["none", "authority", "far"],
};

/** A role and a place: each pair is one member of staff. */
export interface Post {
  readonly role: Role;
  readonly place: Place;
}
export const POSTS: readonly Post[] = ROLES.flatMap((role) => EVERY_PLACE.map((place) => ({ role, place })));

export function loginOf({ role, place }: Post): string {
  return `${role}-${place}`;
}
