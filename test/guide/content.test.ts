import { describe, expect, test } from "vitest";
import { GUIDE_SECTIONS, LANGS } from "../../src/flow/ids.ts";
import { createGuides } from "../../src/guide/guides.ts";
import { receiverNames } from "../../src/guide/receivers.ts";
import { SOURCES_SHOWN } from "../../src/guide/sources.ts";
import {
  guideFiles,
  guides,
  receivers,
  type Shown,
  sections,
  sectionTexts,
  statements,
  statementTexts,
} from "./content-files.ts";

/** One guide for each situation for which people ask how to report it. */
const SITUATIONS = [
  "domestic-violence",
  "sexual-violence",
  "child-abuse",
  "online-harassment",
  "image-threats",
  "intimate-images",
  "deepfake",
  "impersonation",
  "workplace-harassment",
  "street-harassment",
  "trafficking",
  "stalking",
  "ex-partner-revenge",
];

const CARD_SECTIONS = ["now", "who", "keep", "next", "limits"];
/** Groups of `flows/report.yaml`. */
const GROUPS = ["home", "child", "body", "online", "trafficking"];

const BLAME = {
  vi: [
    /tại bạn/i,
    /(?<!không phải )lỗi của bạn/i,
    /sao bạn (?:không|lại)/i,
    /lẽ ra bạn/i,
    /bạn phải (?:báo|tố cáo|rời)/i,
    /cả tin/i,
    /nhẹ dạ/i,
    /dại dột/i,
  ],
  en: [
    /(?<!not )your fault/i,
    /why did(?:n't)? you/i,
    /you should have/i,
    /you must (?:report|leave)/i,
    /gullible|naive|foolish/i,
  ],
};
const TOPIC = {
  vi: /bạo lực|bạo hành|xâm hại|quấy rối|hiếp|tình dục|nạn nhân|thủ phạm|tố cáo|công an|tống tiền|nhạy cảm|mua bán người/i,
  en: /violen|abuse|harass|rape|sexual|victim|perpetrator|police|shelter|sextortion|blackmail|intimate|traffick/i,
};
const ALLOWED_NUMBERS = ["111", "112", "113", "114", "115"];

const where = (texts: readonly Shown[]) => texts.map((it) => it.where);
const ids = (all: readonly string[]) => [...all].sort();

describe("guides", () => {
  test("every situation has its report guide, and no other is listed", () => {
    const listed = createGuides(guides, statements).list("report");
    expect(ids(listed.map(({ id }) => id))).toEqual(ids(SITUATIONS));
  });

  test("have all their sections: a response card five, a report guide every one", () => {
    for (const { guide, kind, sections } of guides) {
      expect(Object.keys(sections), guide).toEqual(kind === "report" ? [...GUIDE_SECTIONS] : CARD_SECTIONS);
    }
  });

  test("of reporting belong to a group that the flow offers", () => {
    for (const { guide, kind, group } of guides) expect(kind === "report", guide).toBe(GROUPS.includes(group ?? ""));
  });

  test("have unique ids, orders within a kind, and lie in a file of their name", () => {
    expect(new Set(guides.map(({ guide }) => guide)).size).toBe(guides.length);
    expect(new Set(guides.map(({ kind, order }) => `${kind}:${order}`)).size).toBe(guides.length);
    for (const { folder, name, guide } of guideFiles) expect(`${folder}/${name}`).toBe(`${guide.kind}/${guide.guide}`);
  });

  test("titles fit a button", () => {
    const long = guides.flatMap((guide) => LANGS.map((lang) => guide.title[lang])).filter((title) => title.length > 38);
    expect(long).toEqual([]);
  });

  test("sections are short: a card 850 characters, a step of reporting 460", () => {
    const reporting = new Set(guides.filter(({ kind }) => kind === "report").map(({ guide }) => guide));
    const most = ({ where }: Shown) => (reporting.has(where.split(".")[0] ?? "") ? 460 : 850);
    expect(where(sectionTexts.filter((it) => it.text.length > most(it)))).toEqual([]);
  });

  test("first lines do not name the topic", () => {
    const naming = sectionTexts.filter(({ text, lang }) => TOPIC[lang].test(text.split("\n", 1)[0] ?? ""));
    expect(where(naming)).toEqual([]);
  });

  test("have the same steps in both languages", () => {
    const steps = (text: string) => text.split("\n").map((line) => /^(?:•|\d\.)/.exec(line)?.[0] ?? "");
    for (const { where, section } of sections) expect(steps(section.text.en), where).toEqual(steps(section.text.vi));
  });

  test("cite only statements that exist and may be shown, none twice in a section", () => {
    const shown = new Set(statements.filter(({ status }) => status === "ok").map(({ id }) => id));
    for (const { where, section } of sections) {
      expect(
        section.statements.filter((id) => !shown.has(id)),
        where,
      ).toEqual([]);
      expect(new Set(section.statements).size, where).toBe(section.statements.length);
    }
  });

  test("show every section with one to three sources", () => {
    const { section } = createGuides(guides, statements);
    for (const guide of guides) {
      for (const name of Object.keys(guide.sections)) {
        const part = section(guide.guide, name);
        const sources = part?.kind === "fact" ? part.sources.length : 0;
        expect(sources, `${guide.guide}.${name}`).toBeGreaterThanOrEqual(1);
        expect(sources, `${guide.guide}.${name}`).toBeLessThanOrEqual(SOURCES_SHOWN);
      }
    }
  });

  test("name a fine or prison term only as a statement they cite has it", () => {
    const text = new Map(statements.map((statement) => [statement.id, statement.text]));
    for (const { where, section } of sections) {
      for (const lang of LANGS) {
        const cited = section.statements.map((id) => text.get(id)?.[lang]).join("\n");
        const ranges = section.text[lang].match(/\d+–\d+/g) ?? [];
        expect(
          ranges.filter((range) => !cited.includes(range)),
          `${where}.${lang}`,
        ).toEqual([]);
      }
    }
  });

  test("say in every report guide that writing here is not a report", () => {
    for (const { guide, sections: parts } of guides.filter(({ kind }) => kind === "report")) {
      expect(parts.limits?.text.vi, guide).toMatch(/Nhắn ở đây không phải là (?:trình báo|thông báo)/);
      expect(parts.limits?.text.en, guide).toContain("A message here is not a");
    }
  });

  test("say in every report guide, where it names the receivers, that An Tâm is none of them", () => {
    for (const { guide, sections: parts } of guides.filter(({ kind }) => kind === "report")) {
      expect(parts.who?.text.vi, guide).toContain("An Tâm không phải nơi nhận tin: nhắn ở đây chưa phải là báo.");
      expect(parts.who?.text.en, guide).toContain("a message here is not a report.");
      expect(parts.who?.statements, guide).toContain("programme-not-report");
    }
  });

  test("give in both languages the same Vietnamese sentence to say, and in English its meaning", () => {
    for (const { guide, sections: parts } of guides.filter(({ kind }) => kind === "report")) {
      for (const section of [parts.say, parts["say-for"]]) {
        const sentence = /“[^”]+”/.exec(section?.text.vi ?? "")?.[0] ?? "missing";
        expect(section?.text.en, guide).toContain(sentence);
        expect(section?.text.en, guide).toContain("It means: ");
      }
    }
  });

  test("ask for legal aid without promising that it is free", () => {
    for (const { guide, sections: parts } of guides.filter(({ kind }) => kind === "report")) {
      expect(parts.aid?.statements, guide).toContain("legal-aid-ask-centre");
      expect(parts.aid?.text.vi, guide).toContain("{{legal-aid}}");
      expect(parts.aid?.text.vi, guide).toMatch(/hỏi trung tâm/);
    }
  });

  test("give the times of a no-contact order for domestic violence", () => {
    const clock = guides.find(({ guide }) => guide === "domestic-violence")?.sections.clock?.text;
    for (const time of ["12 giờ", "3 ngày", "100 m", "1 giờ", "4 tháng"]) expect(clock?.vi).toContain(time);
    for (const time of ["12 hours", "3 days", "100 m", "1 hour", "4 months"]) expect(clock?.en).toContain(time);
  });

  test("name receivers that have a name, the same in both languages", () => {
    const known = receiverNames(receivers);
    for (const { where, section } of sections) {
      const named = (text: string) => [...text.matchAll(/\{\{([^}]*)\}\}/g)].map((hit) => hit[1] ?? "").sort();
      expect(named(section.text.en), where).toEqual(named(section.text.vi));
      expect(
        named(section.text.vi).filter((name) => !known.includes(name)),
        where,
      ).toEqual([]);
    }
  });

  test("tell adults plainly that everyone must notify at once of child abuse", () => {
    const parts = guides.find(({ guide }) => guide === "child-abuse")?.sections;
    expect(parts?.now?.text.vi).toContain("đều phải thông báo ngay");
    expect(parts?.now?.text.en).toContain("must notify at once");
  });
});

describe("statements", () => {
  test("have unique ids", () => {
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
  });

  test("of low confidence wait for verification", () => {
    expect(statements.filter(({ confidence, status }) => confidence === "L" && status !== "verify")).toEqual([]);
  });

  test("that wait for verification are never returned", () => {
    const { statement } = createGuides(guides, statements);
    for (const { id, status } of statements) expect(statement(id) === undefined, id).toBe(status === "verify");
  });

  test("name sources that a citizen can look up, never a local file", () => {
    expect(statements.filter(({ source }) => /\.md\b|\.ya?ml\b|reference\/|VERIFY/i.test(source))).toEqual([]);
  });
});

describe("all texts", () => {
  const all = [...sectionTexts, ...statementTexts];

  test("are composed Unicode without stray spaces, markup or emoji", () => {
    const odd = all.filter(
      ({ text }) => text !== text.normalize("NFC") || /^\s|\s$|[ \t]\n| {2}|\*\*|\p{Extended_Pictographic}/u.test(text),
    );
    expect(where(odd)).toEqual([]);
  });

  test("carry no phone number but the short ones", () => {
    expect(where(all.filter(({ text }) => phoneNumbers(text).length > 0))).toEqual([]);
  });

  test("carry no word of blame", () => {
    expect(where(all.filter(({ text, lang }) => BLAME[lang].some((word) => word.test(text))))).toEqual([]);
  });
});

/** Numbers that look like a telephone line: long runs of digits, or three and more digits after a word of calling. */
function phoneNumbers(text: string): readonly string[] {
  const long = text.match(/(?<![\d/.,])(?:\+84|0|1[89]00)[\d .-]{5,}\d/g) ?? [];
  const called = [...text.matchAll(/(?:gọi|tổng đài|số máy|call|dial|hotline) (\d{3,})(?![\d.,/]*\d)/giu)].map(
    (hit) => hit[1] ?? "",
  );
  return [...long, ...called.filter((number) => !ALLOWED_NUMBERS.includes(number))];
}
