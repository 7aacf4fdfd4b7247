import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { Campaign, Month } from "../../src/campaign/campaign.ts";
import { Quiz } from "../../src/campaign/quiz.ts";
import { TipTopic } from "../../src/campaign/tip.ts";

const CONTENT = new URL("../../content/", import.meta.url);

export const quizzes = filesOf("quizzes").map((value) => Quiz.parse(value));
export const topics = filesOf("tips").map((value) => TipTopic.parse(value));
export const campaigns = filesOf("campaigns", "month.yaml").map((value) => Campaign.parse(value));
export const month = Month.parse(readYaml("campaigns/month.yaml"));

function filesOf(folder: string, except = ""): unknown[] {
  const names = readdirSync(new URL(`${folder}/`, CONTENT)).filter((name) => name.endsWith(".yaml") && name !== except);
  return names.sort().map((name) => readYaml(`${folder}/${name}`));
}

function readYaml(path: string): unknown {
  return parse(readFileSync(new URL(path, CONTENT), "utf8"));
}
