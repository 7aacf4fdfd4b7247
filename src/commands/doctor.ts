import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { flattenTexts } from "../content/texts.ts";
import { readYaml } from "../content/yaml.ts";
import type { Lang } from "../flow/ids.ts";
import { createTexts } from "../language/texts.ts";
import { openLowdbStore } from "../stores/lowdb/store.ts";
import type { TeamStore } from "../stores/team-store.ts";
import { ROOT } from "./app.ts";
import { contentFindings } from "./doctor/content.ts";
import { examineFolder, type FolderReport } from "./doctor/data-folder.ts";
import { type Finding, found, type Section, type SectionName } from "./doctor/finding.ts";
import { clockFinding, nodeFinding } from "./doctor/machine.ts";
import { oaTokens } from "./doctor/oa-tokens.ts";
import { addressFindings } from "./doctor/public-address.ts";
import { readyFindings } from "./doctor/ready.ts";
import { type DoctorSay, doctorTexts, hasWrong, reportJson, reportLines } from "./doctor/report.ts";
import { telegramFindings } from "./doctor/telegram.ts";
import { zaloBotFindings } from "./doctor/zalo-bot.ts";
import { zaloOaFindings } from "./doctor/zalo-oa.ts";

export interface DoctorOptions {
  readonly lang?: Lang;
  readonly json?: true;
}

/**
 * Looks at everything a bot needs, and says how to mend what is wrong. Changes nothing here or on the networks, and
 * works while the bot runs. Resolves with the exit status: 1 when something is wrong, 0 otherwise.
 */
export async function doctor(config: Config, { lang = "vi", json }: DoctorOptions): Promise<number> {
  const say = await readTexts(lang);
  const sections = await examine(config, lang);
  const lines = json
    ? [JSON.stringify(reportJson(sections, say), null, 2)]
    : reportLines(sections, { say, colours: process.stdout.isTTY === true });
  process.stdout.write(`${lines.join("\n")}\n`);
  return sections.some(hasWrong) ? 1 : 0;
}

/** Read by itself: the doctor has words even where the rest of the content is broken. */
async function readTexts(lang: Lang): Promise<DoctorSay> {
  const file = join("locales", lang, "doctor.yaml");
  const { texts } = flattenTexts("doctor", readYaml(file, await readFile(join(ROOT, file), "utf8")));
  const table = new Map([...texts].map(([key, { text }]) => [key, text]));
  const nobody = { vi: "", en: "" };
  return doctorTexts(createTexts({ vi: table, en: table }, { operator: nobody, operator_hours: nobody }), lang);
}

/** This machine first, by itself: reading the content keeps it busy, and answers of networks are timed. */
async function examine(config: Config, lang: Lang): Promise<readonly Section[]> {
  const now = Date.now();
  const folder = await examineFolder(config.DATA_DIR, now);
  const team = await openLowdbStore({ folder: config.DATA_DIR, readOnly: true });
  const content = await section("content", () => teamContent(team, now, lang));
  const networks = await examineNetworks(config, { folder, team, now });
  const ready = folder.running ? await readyFindings(config) : [];
  const data = { section: "data" as const, findings: [...folder.findings, ...ready, ...brokenDocuments(team)] };
  await team.close();
  const [machine, ...outside] = networks;
  return [machine, content, data, ...outside];
}

interface Local {
  readonly folder: FolderReport;
  readonly team: TeamStore;
  readonly now: number;
}

function examineNetworks(config: Config, { folder, team, now }: Local): Promise<readonly [Section, ...Section[]]> {
  const { PUBLIC_URL: publicUrl, telegram, zaloBot, zaloOa } = config;
  const { running, keyring } = folder;
  const world = { publicUrl, running, keyring, now };
  const roots = [telegram?.apiRoot, zaloBot?.apiRoot, zaloOa?.apiRoot].filter((root) => root !== undefined);
  const clocks = roots.length > 0 || publicUrl === undefined ? roots : [publicUrl];
  return Promise.all([
    section("machine", async () => [nodeFinding(process.versions.node), await clockFinding(clocks)]),
    section("public", () => addressFindings(config, running)),
    section("telegram", () => telegramFindings(telegram, world)),
    section("zalo-bot", async () => zaloBotFindings(zaloBot, world, await team.read("zalo_bot"))),
    section("zalo-oa", async () => zaloOaFindings(zaloOa, world, await oaTokens(team, keyring))),
  ]);
}

/** A part that cannot be examined is a finding, not the end of the examination. */
async function section(name: SectionName, examined: () => Promise<readonly Finding[]>): Promise<Section> {
  try {
    return { section: name, findings: await examined() };
  } catch (error) {
    const why = error instanceof Error ? error.name : "unknown";
    return { section: name, findings: [found("unfinished.failed", { why })] };
  }
}

async function teamContent(team: TeamStore, now: number, lang: Lang): Promise<readonly Finding[]> {
  const documents = {
    profile: await team.read("profile"),
    campaigns: (await team.read("campaigns")) ?? {},
    services: await team.read("services"),
  };
  return contentFindings(ROOT, documents, now, lang);
}

function brokenDocuments(team: TeamStore): readonly Finding[] {
  return team.problems().map(({ file }) => found("documents.broken", { file }));
}
