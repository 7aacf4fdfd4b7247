import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { CampaignSlots } from "../campaign/slots.ts";
import { AppError } from "../errors.ts";
import { Profile, type TeamStore } from "../stores/team-store.ts";

/** What `npm run setup -- --file` takes: either part may be left out, and then stays as it is. */
const SetupFile = z.strictObject({ profile: Profile.optional(), campaigns: CampaignSlots.optional() });

/** Stores a profile and campaign slots from a YAML file. Nothing is changed when any of it does not fit. */
export async function setupFromFile(path: string, team: TeamStore, open: ReadonlySet<string>): Promise<void> {
  const given = SetupFile.safeParse(await readYaml(path));
  if (!given.success) throw new AppError("input_invalid", `${path}:\n${z.prettifyError(given.error)}`);
  const { profile, campaigns = {} } = given.data;
  const unknown = Object.keys(campaigns).filter((id) => !open.has(id));
  if (unknown.length > 0) {
    const known = [...open].join(", ") || "none";
    throw new AppError("input_invalid", `${path}: no open campaign ${unknown.join(", ")}; open ones: ${known}`);
  }
  if (profile !== undefined) await team.write("profile", profile);
  if (given.data.campaigns !== undefined) {
    await team.write("campaigns", { ...((await team.read("campaigns")) ?? {}), ...campaigns });
  }
}

async function readYaml(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new AppError("input_invalid", `${path} cannot be read as YAML. Check the path and the file.`, { cause });
  }
}
