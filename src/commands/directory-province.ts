import type { Coverage } from "../directory/coverage.ts";
import type { Lead } from "../directory/leads.ts";
import type { ServiceCard } from "../flow/screen.ts";
import type { Survey } from "./directory.ts";
import { wrapped } from "./directory-layout.ts";
import { dueLines, needName } from "./directory-overview.ts";

/** One province: for each need what people there see by day and by night, what is due, and where to ask. */
export function provinceLines(survey: Survey, province: string): string[] {
  const { app, now, say, lang } = survey;
  const cells = survey.coverage.filter((one) => one.province === province);
  const name = app.worlds.at(now).places.name(province)?.[lang] ?? province;
  const gaps = cells.filter((one) => one.gap).map(({ need }) => needName(survey, need));
  return [
    say("province.title", { name, code: province }),
    ...cells.flatMap((cell) => ["", ...needLines(survey, cell)]),
    "",
    ...wrapped(gaps.length === 0 ? say("province.complete") : say("province.gap", { needs: gaps.join("; ") })),
    ...wrapped(say("province.collect")),
    "",
    ...dueLines(
      survey,
      survey.due.filter(({ service }) => isIn(survey, service.coverage, province)),
    ),
    "",
    say("province.leads"),
    ...leadsFor(survey, province).flatMap((lead) => leadLines(survey, lead)),
  ];
}

function needLines(survey: Survey, { need, day, night }: Coverage): string[] {
  const { say } = survey;
  const byDay = day.cards.flatMap((card) => cardLines(survey, card));
  const byNight = night.cards.flatMap((card) => cardLines(survey, card));
  const same = byDay.join("\n") === byNight.join("\n");
  const after = same ? [`  ${say("province.same")}`] : [`  ${say("province.night")}`, ...byNight];
  return [needName(survey, need), `  ${say("province.day")}`, ...byDay, ...after];
}

function cardLines({ app, say, lang }: Survey, card: ServiceCard): string[] {
  const phones = card.phones.map(({ number, cost, open }) => {
    const words = [`engine.cost_${cost}`, `engine.open_${open}`].map((key) => app.say({ key }, lang));
    return `${number} (${words.join(", ")})`;
  });
  const mark = card.lapsed ? say("province.lapsed") : card.unchecked ? say("province.unchecked") : "";
  const parts = [card.name[lang], ...phones, card.url ?? "", mark].filter(Boolean);
  return wrapped(parts.join(" · "), "    ");
}

function leadLines({ say, lang }: Survey, { what, ask, sources }: Lead): string[] {
  const source = sources.map(({ url, title }) => url ?? title).join(" ; ");
  return [
    ...wrapped(what[lang], "  "),
    ...(ask === undefined ? [] : wrapped(say("province.ask", { ask: ask[lang] }), "    ")),
    ...(source === "" ? [] : wrapped(say("province.source", { source }), "    ")),
  ];
}

/** Those of the province first, then those for the whole country. */
function leadsFor(survey: Survey, province: string): readonly Lead[] {
  const { leads } = survey.app.bundle;
  const national = leads.filter(({ coverage }) => coverage === "national");
  return [...leads.filter(({ coverage }) => isIn(survey, coverage, province)), ...national];
}

function isIn({ app }: Survey, coverage: Lead["coverage"], province: string): boolean {
  return coverage !== "national" && coverage.some((place) => app.worlds.provinceOf(place) === province);
}
