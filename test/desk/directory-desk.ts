import type { Actor, Role } from "../../src/desk/access.ts";
import type { AuditEntry } from "../../src/desk/audit.ts";
import { createDirectoryChecks } from "../../src/desk/directory/checks.ts";
import { createPlaces } from "../../src/directory/places.ts";
import { NO_TEAM_SERVICES, type OwnService } from "../../src/directory/team-services.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { DO_NOT_USE, SERVICES, shippedPlaces } from "../directory/content.ts";

export const NOW = Date.parse("2026-11-23T09:00:00+07:00");
export const PLACES = createPlaces(shippedPlaces());

/** A ward's own entry in Hồng Bàng, Hải Phòng. */
export const OWN: OwnService = {
  id: "hp-hong-bang-hoi-phu-nu",
  names: { vi: "Hội Phụ nữ phường Hồng Bàng", en: "Women's Union of Hong Bang" },
  kind: "women's-union",
  needs: ["talk-to-person"],
  place: "11311",
  phones: [{ number: "0225 3 555 666", tel: "02253555666", cost: "standard", hours: "24/7" }],
  url: null,
  address: null,
  note: null,
  languages: ["vi"],
  source: "Công văn mẫu",
  checked: { by: "Chị A", on: "2026-05-20" },
};

export function caller(place?: string, roles: readonly Role[] = ["directory"]): Actor {
  return { id: "lan", name: "Chị Lan", roles, via: "web", ...(place !== undefined && { place }) };
}

/** The shipped directory with one own entry, on a real store in `folder`. The authority is Hải Phòng. */
export async function openChecks(folder: string, now: () => number = () => NOW) {
  const team = await openLowdbStore({ folder });
  if ((await team.read("services")) === null) await team.write("services", { ...NO_TEAM_SERVICES, own: [OWN] });
  const happened: string[] = [];
  const noted: Omit<AuditEntry, "at">[] = [];
  const { queries, actions } = createDirectoryChecks({
    team: {
      read: team.read,
      write: async (name, value) => {
        happened.push("write");
        await team.write(name, value);
      },
    },
    bundle: { services: SERVICES, doNotUse: DO_NOT_USE },
    audit: {
      note: async (entry) => {
        happened.push("note");
        noted.push(entry);
      },
      read: async () => [],
    },
    provinceOf: PLACES.provinceOf,
    authorityPlace: () => "31",
    now,
    renew: async () => void happened.push("renew"),
  });
  const check = async (input: unknown, by: Actor) => actions["directory.check"]?.perform(input, by);
  return { team, queries, actions, check, happened, noted };
}
