import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Plan } from "../../src/campaign/plan.ts";
import { flattenTexts } from "../../src/content/texts.ts";
import { readYaml } from "../../src/content/yaml.ts";
import type { Actor, Role } from "../../src/desk/access.ts";
import type { Actions } from "../../src/desk/action.ts";
import type { AuditEntry } from "../../src/desk/audit.ts";
import type { BroadcastView } from "../../src/desk/broadcasts/broadcasts.ts";
import { createMonth } from "../../src/desk/month/create-month.ts";
import type { BroadcastDraft } from "../../src/desk/month/event-broadcasts.ts";
import type { LocalEvent, MonthQueries } from "../../src/desk/month/month.ts";
import type { MonthDeps } from "../../src/desk/month/month-parts.ts";
import { createTexts, type Say } from "../../src/language/texts.ts";
import { openLowdbStore } from "../../src/stores/lowdb/store.ts";
import type { TeamStore } from "../../src/stores/team-store.ts";
import { campaigns, month } from "../campaign/content-files.ts";
import { temporaryFolder } from "../stores/temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Noon in Viet Nam on 10 November 2026. */
export const NOON = Date.parse("2026-11-10T12:00:00+07:00");
/** Hà Nội and one of its wards, and a ward of Quảng Ninh. */
export const HA_NOI = "01";
export const WARD = "00004";
const PROVINCES: Readonly<Record<string, string>> = { "01": "01", "22": "22", [WARD]: "01", "06652": "22" };

export const plan = Plan.parse(parse(readFileSync(join(ROOT, "content/plan.yaml"), "utf8")));

export function texts(): Say {
  const table = (lang: "vi" | "en") => {
    const file = `locales/${lang}/desk-month.yaml`;
    const flat = flattenTexts("desk-month", readYaml(file, readFileSync(join(ROOT, file), "utf8")));
    return new Map([...flat.texts].map(([key, { text }]) => [key, text]));
  };
  const nobody = { vi: "", en: "" };
  return createTexts({ vi: table("vi"), en: table("en") }, { operator: nobody, operator_hours: nobody });
}

export function actor(id: string, roles: readonly Role[], place?: string): Actor {
  return { id, name: id, roles, via: "web", ...(place !== undefined && { place }) };
}
export const LAN = actor("lan", ["author"]);
export const MINH = actor("minh", ["approver"]);

export interface MonthWorld {
  readonly queries: MonthQueries;
  readonly team: TeamStore;
  readonly actions: Actions;
  readonly audit: Omit<AuditEntry, "at">[];
  readonly drafts: BroadcastDraft[];
  /** What was asked of the reminders, in order. */
  readonly asked: (readonly [what: string, event: string, reminders: number])[];
  readonly released: BroadcastDraft[];
  readonly renewed: { count: number };
  readonly clock: { now: number };
  /** Does an action by its name. */
  act(name: string, input: unknown, by: Actor): Promise<unknown>;
}

/** The month on a fresh data folder; Hà Nội runs the bot. */
export async function monthWorld(
  given: Partial<MonthDeps> & { readonly views?: readonly BroadcastView[] } = {},
): Promise<MonthWorld> {
  const team = await openLowdbStore({ folder: await temporaryFolder() });
  const clock = { now: NOON };
  const renewed = { count: 0 };
  const [audit, drafts, released, asked]: [
    MonthWorld["audit"],
    BroadcastDraft[],
    BroadcastDraft[],
    [string, string, number][],
  ] = [[], [], [], []];
  const { views = [], ...deps } = given;
  const { queries, actions } = createMonth({
    ...{ team, bundle: { campaigns, month, plan }, say: texts(), publicUrl: "https://antam.example" },
    audit: { note: async (entry) => void audit.push(entry), read: async () => [] },
    provinceOf: (place) => PROVINCES[place],
    authorityPlace: () => HA_NOI,
    broadcasts: {
      list: async () => views,
      put: async (draft) => `draft-${drafts.push(draft)}`,
      releaseFor: async (event: LocalEvent, reminders) => {
        asked.push(["release", event.id, reminders.length]);
        released.push(...reminders);
      },
      cancelFor: async (event) => void asked.push(["cancel", event.id, 0]),
    },
    renew: async () => void renewed.count++,
    now: () => clock.now,
    ...deps,
  });
  const act = (name: string, input: unknown, by: Actor) => {
    const action = actions[name];
    return action === undefined ? Promise.reject(new Error(`no action ${name}`)) : action.perform(input, by);
  };
  return { queries, team, actions, audit, drafts, asked, released, renewed, clock, act };
}

export const THEME = {
  vi: "Chủ đề của năm nay",
  en: "This year's theme",
  en_by: "ours",
  document: "Công văn 1234/BNV ngày 01/10/2026",
  source: "Bản giấy nhận ngày 05/10/2026",
} as const;

export const SLOT = {
  campaign: "2026",
  theme: THEME,
  slogans: [{ vi: "Một thông điệp", en: "A message", source: THEME.document }],
};

export const EVENT = {
  title: { vi: "Lễ phát động vì bình đẳng giới", en: "Launch for gender equality" },
  about: { vi: "Đi bộ và ca nhạc.", en: "A walk and music." },
  place: WARD,
  venue: { vi: "Nhà văn hóa phường", en: "Culture house" },
  organiser: { vi: "UBND phường", en: "The ward" },
  from: "2026-11-15T08:00",
  until: "2026-11-15T11:00",
  reminders: ["2026-11-14T17:00"],
};
