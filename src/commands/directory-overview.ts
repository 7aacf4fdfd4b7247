import { vietnamDay } from "../campaign/vietnam-day.ts";
import type { Reach } from "../directory/coverage.ts";
import { readDay } from "../directory/days.ts";
import { DUE_REASONS, type Due } from "../directory/due.ts";
import { triedOf } from "../directory/team-services.ts";
import { NEEDS } from "../flow/ids.ts";
import type { Survey } from "./directory.ts";
import { beside, ranges, wrapped } from "./directory-layout.ts";

/** The grid of all provinces, what should be called, and what is missing. */
export function overviewLines(survey: Survey): string[] {
  return [...gridLines(survey), "", ...dueLines(survey, survey.due), "", ...gapLines(survey)];
}

/** The need as citizens read it. */
export function needName({ app, lang }: Survey, need: (typeof NEEDS)[number]): string {
  return app.say({ key: `engine.need_${need}` }, lang);
}

/** What should be called or opened, by reason. */
export function dueLines(survey: Survey, due: readonly Due[]): string[] {
  const { say } = survey;
  if (due.length === 0) return [say("due.none")];
  const groups = DUE_REASONS.flatMap((reason) => {
    const ones = due.filter((one) => one.reason === reason);
    if (ones.length === 0) return [];
    return [say(`due.${reason}`, { count: String(ones.length) }), ...ones.flatMap((one) => dueLine(survey, one))];
  });
  return [say("due.title", { count: String(due.length) }), ...groups, ...wrapped(say("due.how"))];
}

const MARKS: Readonly<Record<Reach, string>> = { local: "●", national: "○", emergency: "·" };
/** At one of the two hours only somebody answers whom nobody has called yet. */
const DOUBT = "?";
const NAME_COLUMN = 20;
const CELL_COLUMN = 5;
const ID_COLUMN = 30;

function gridLines(survey: Survey): string[] {
  const { say, now, coverage } = survey;
  const head = NEEDS.map((_, at) => String(at + 1).padEnd(CELL_COLUMN)).join("");
  const rows = provincesOf(survey).map((province) => {
    const cells = coverage.filter((one) => one.province === province);
    const marks = cells.map(({ day, night }) => {
      const doubt = day.sure && night.sure ? "" : DOUBT;
      return `${MARKS[day.reach]}${MARKS[night.reach]}${doubt}`.padEnd(CELL_COLUMN);
    });
    return `${nameOf(survey, province).padEnd(NAME_COLUMN)}${marks.join("")}`.trimEnd();
  });
  return [
    say("title", { day: readDay(vietnamDay(now)) }),
    "",
    `${" ".repeat(NAME_COLUMN)}${head}`.trimEnd(),
    ...rows,
    "",
    ...wrapped(say("grid.how")),
    ...wrapped(say("grid.legend", { ...MARKS, doubt: DOUBT })),
    ...NEEDS.map((need, at) => `${String(at + 1).padStart(2)} ${needName(survey, need)}`),
  ];
}

function dueLine({ say, lang }: Survey, { reason, service }: Due): string[] {
  const until = reason === "lapsing" || reason === "lapsed" ? say("due.until", { day: readDay(service.lapses) }) : "";
  const parts = [service.names[lang], ...triedOf(service), until].filter(Boolean);
  return beside(`  ${service.id}`, ID_COLUMN, parts.join(" · "));
}

function gapLines(survey: Survey): string[] {
  const { say, coverage } = survey;
  const rows = provincesOf(survey).flatMap((province) => {
    const gaps = coverage.filter((one) => one.province === province && one.gap);
    const numbers = gaps.map(({ need }) => NEEDS.indexOf(need) + 1);
    return gaps.length === 0 ? [] : [`${nameOf(survey, province).padEnd(NAME_COLUMN)}${ranges(numbers)}`];
  });
  return rows.length === 0 ? [say("gaps.none")] : [say("gaps.title"), ...rows, ...wrapped(say("gaps.how"))];
}

function provincesOf({ coverage }: Survey): string[] {
  return [...new Set(coverage.map(({ province }) => province))];
}

function nameOf({ app, now, lang }: Survey, province: string): string {
  return app.worlds.at(now).places.name(province)?.[lang] ?? province;
}
