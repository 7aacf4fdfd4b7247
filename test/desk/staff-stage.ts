import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateSync } from "otplib";
import { expect } from "vitest";
import type { Actor } from "../../src/desk/access.ts";
import type { AuditEntry } from "../../src/desk/audit.ts";
import { createStaff, type StaffDeps } from "../../src/desk/staff/create-staff.ts";
import type { PasswordCost } from "../../src/desk/staff/passwords.ts";
import { actorOf, type ShownMember, type Staff } from "../../src/desk/staff/staff.ts";
import { createAuditLog } from "../../src/stores/audit-log.ts";
import { ephemeralKeyring } from "../../src/stores/keyring.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import { temporaryFolder } from "../stores/temporary-folder.ts";

/** Argon2id as well, but quick. */
export const CHEAP: PasswordCost = { memoryCost: 64, timeCost: 1, parallelism: 1 };
export const PASSWORD = "mưa rơi trên mái ngói";
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Hà Nội with two communes, and Hải Phòng. */
export const PLACES: StaffDeps["places"] = {
  provinceOf: (code) => (code.length === 2 ? code : { "00004": "01", "00008": "01" }[code]),
  name: (code) => (["01", "31", "00004", "00008"].includes(code) ? { vi: code, en: code } : undefined),
};

/** Staff of a fresh folder, at a clock that stands still. */
export async function staffStage(given: Partial<StaffDeps> = {}) {
  const folder = await temporaryFolder();
  const clock = { now: Date.UTC(2026, 10, 15, 1) };
  const now = () => clock.now;
  const team = await openLowdbStore({ folder });
  const audit = createAuditLog(join(folder, "audit.jsonl"), now);
  const commonPasswords = new Set(["matkhau"]);
  const deps = { ...{ team, audit, now, randomBytes, places: PLACES, commonPasswords, cost: CHEAP }, ...given };
  const keyring = ephemeralKeyring();
  return {
    ...{ folder, clock, team, audit },
    staff: createStaff({ keyring, ...deps }),
    /** As after a restart, with other settings if need be. */
    again: (other: Partial<StaffDeps> = {}) => createStaff({ keyring, ...deps, ...other }),
    /** Every byte that was written. */
    written: async () =>
      (
        await Promise.all(["staff.json", "staff.backup.json", "audit.jsonl"].map((file) => textOf(folder, file)))
      ).join(),
  };
}

export type StaffStage = Awaited<ReturnType<typeof staffStage>>;

export async function firstAdmin({ staff }: Pick<StaffStage, "staff">, login = "admin"): Promise<Actor> {
  const token = (await staff.firstLink()) ?? expect.fail("no link");
  return actorOf(
    await staff.accept(token, { login, name: "Nguyễn Thị An", password: PASSWORD, lang: "vi" }),
    "web",
    undefined,
  );
}

export async function colleague(
  staff: Staff,
  by: Actor,
  login: string,
  { roles = ["author"], place = "" }: Partial<Pick<ShownMember, "roles" | "place">> = {},
): Promise<Actor> {
  const { token } = await staff.invite({ name: login, roles, place }, by);
  return actorOf(await staff.accept(token, { login, name: login, password: PASSWORD, lang: "vi" }), "web", undefined);
}

/** Sets up the second factor, and gives the codes of its app. */
export async function withApp({ staff, clock }: Pick<StaffStage, "staff" | "clock">, id: string) {
  const { secret } = await staff.newSecondFactor(id);
  const code = (steps = 0) => generateSync({ secret, epoch: clock.now / 1_000 + 30 * steps });
  await staff.enrol(id, secret, code());
  return { secret, code };
}

export async function actionsIn({ audit }: Pick<StaffStage, "audit">): Promise<readonly string[]> {
  return (await audit.read(1_000)).map(({ action }) => action).toReversed();
}

export async function newestEntry({ audit }: Pick<StaffStage, "audit">): Promise<AuditEntry> {
  const [entry] = await audit.read(1);
  return entry ?? expect.fail("no entry");
}

/** The keys of the texts that a refused action gives, by field. */
export async function issuesOf(refused: Promise<unknown>): Promise<Record<string, string>> {
  const error: unknown = await refused.then(
    () => expect.fail("was not refused"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error && "issues" in error && Array.isArray(error.issues))) throw error;
  return Object.fromEntries(error.issues.map(({ field, text }: { field: string; text: string }) => [field, text]));
}

async function textOf(folder: string, file: string): Promise<string> {
  return readFile(join(folder, file), "utf8");
}
