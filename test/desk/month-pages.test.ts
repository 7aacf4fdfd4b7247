import { expect, test } from "vitest";
import { createMonth } from "../../src/desk/month/create-month.ts";
import { RIGHTS } from "../../src/desk/access.ts";
import { monthRoutes } from "../../src/desk/web/pages/month/routes.ts";
import { campaigns, month } from "../campaign/content-files.ts";
import { EVENT, plan, texts } from "./month-world.ts";
import { openHouse } from "./support/house.ts";

const PROVINCES: Readonly<Record<string, string>> = { "01": "01", "00004": "01" };

/** The real shell and month; Hà Nội runs the bot, and its clock stands at 8:00 on 15 November 2026. */
async function house() {
  const drafts: string[] = [];
  const opened = await openHouse({ routes: monthRoutes() });
  const { queries, actions } = createMonth({
    ...{ team: opened.team, audit: opened.audit, bundle: { campaigns, month, plan }, say: texts() },
    provinceOf: (place) => PROVINCES[place],
    authorityPlace: () => "01",
    broadcasts: {
      list: async () => [],
      put: async ({ title }) => `draft-${drafts.push(title)}`,
      releaseFor: async () => undefined,
      cancelFor: async () => undefined,
    },
    renew: async () => undefined,
    now: () => opened.clock.now,
  });
  return { ...opened, queries, actions, drafts };
}
