import { covers, demandPlace } from "../access.ts";
import { DeskProblem } from "../problem.ts";
import { entryBy, memberOf } from "./book.ts";
import { linkName } from "./links.ts";
import type { Invitation, OpenLink, StaffFile, StaffOffice } from "./staff.ts";
import type { StaffTools } from "./tools.ts";

/** Links that were given out and not used: what they are for, and taking them back. */
export function createOpenLinks({ book, places, now }: StaffTools): Pick<StaffOffice, "openLinks" | "withdraw"> {
  return {
    async openLinks(by) {
      const file = await book.read();
      const open = file.invitations.filter(({ kind, until }) => kind !== "first-admin" && until > now());
      return open.map((one) => openLink(file, one)).filter(({ place }) => covers(by, place, places.provinceOf));
    },
    withdraw: (name, by) =>
      book.change((file) => {
        const found = file.invitations.find((one) => one.kind !== "first-admin" && linkName(one) === name);
        if (found === undefined || found.until <= now()) throw new DeskProblem("not-found");
        const { link: _, ...before } = openLink(file, found);
        demandPlace(by, before.place, places.provinceOf);
        return {
          file: { ...file, invitations: file.invitations.filter((one) => one !== found) },
          entry: entryBy(by, "staff.withdraw", name, {
            before,
            ...(before.place !== undefined && { place: before.place }),
          }),
          result: undefined,
        };
      }),
  };
}

function openLink(file: StaffFile, invitation: Invitation): OpenLink {
  const { kind, name, roles, until, member } = invitation;
  const place = member === undefined ? invitation.place : memberOf(file, member)?.place;
  return { link: linkName(invitation), kind, name, roles, until, ...(place !== undefined && { place }) };
}
