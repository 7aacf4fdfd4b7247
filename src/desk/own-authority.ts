import { z } from "zod";
import type { Profile, TeamStore } from "../stores/team-store.ts";
import { type Actor, demandPlace } from "./access.ts";
import { type Actions, action } from "./action.ts";
import type { Audit } from "./audit.ts";
import type { Authority, DeskPlaces } from "./desk.ts";
import { DeskProblem } from "./problem.ts";
import { PlaceGiven } from "./staff/staff.ts";

export interface OwnAuthorityDeps {
  readonly team: Pick<TeamStore, "read" | "write">;
  readonly audit: Pick<Audit, "note">;
  readonly places: Pick<DeskPlaces, "provinceOf" | "name">;
  /** Lets conversations see what was written. */
  renew(profile: Profile): Promise<void>;
}

export interface OwnAuthority {
  readonly authority: Authority;
  readonly actions: Actions;
}

/** Who runs this bot, from the document `profile`, and the action that writes it. */
export async function openOwnAuthority(deps: OwnAuthorityDeps): Promise<OwnAuthority> {
  let profile = await deps.team.read("profile");
  return {
    authority: { name: () => profile?.name ?? null, place: () => profile?.place, hours: () => profile?.hours ?? null },
    actions: {
      "authority.write": action({
        right: "authority.write",
        input: AuthorityInput,
        async run(given, by) {
          const next = profileOf(given);
          demandChange(deps, profile, next, by);
          await deps.audit.note(entryOf(profile, next, by));
          await deps.team.write("profile", next);
          profile = next;
          await deps.renew(next);
          return next;
        },
      }),
    },
  };
}

const LONGEST = 120;
const Text = z.string().trim().min(1, "desk.invalid.required").max(LONGEST, "desk.invalid.long").normalize("NFC");
const Both = z.strictObject({ vi: Text, en: Text });

const AuthorityInput = z.strictObject({
  name: Both,
  /** Province or commune code; "" or absent: the whole country. */
  place: PlaceGiven.optional(),
  hours: Both,
});

function profileOf({ name, place, hours }: z.infer<typeof AuthorityInput>): Profile {
  return { name, hours, ...(place !== undefined && place !== "" && { place }) };
}

/** The bot is that place's: whoever is limited may neither take it from elsewhere nor give it away. */
function demandChange({ places }: OwnAuthorityDeps, before: Profile | null, after: Profile, by: Actor): void {
  if (after.place !== undefined && places.name(after.place) === undefined) {
    throw new DeskProblem("invalid", [{ field: "place", text: "desk.invalid.place" }]);
  }
  demandPlace(by, before?.place, places.provinceOf);
  demandPlace(by, after.place, places.provinceOf);
}

function entryOf(before: Profile | null, after: Profile, by: Actor): Parameters<Audit["note"]>[0] {
  return {
    ...{ who: by.id, name: by.name, via: by.via, action: "authority.write", subject: "profile", before, after },
    ...(after.place !== undefined && { place: after.place }),
  };
}
