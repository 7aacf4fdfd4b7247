import type { Bundle, SourcePlace } from "../../content/bundle.ts";
import { contentTexts } from "./facts/content-texts.ts";
import { allTexts } from "./facts/texts.ts";
import { type Check, type Finding, finding } from "./finding.ts";

/** Digits as people write numbers: with blanks, dots, hyphens or brackets between them. */
const DIGIT_RUN = /\+?\d(?:[ .()-]{0,2}\d)*/g;
/** 1.000.000 đ; 2019-2025; 2026-11-15; 15-12-2026. */
const NOT_A_PHONE =
  /^(?:[1-9]\d{0,2}(?:\.\d{3})+|(?:19|20)\d\d ?- ?(?:19|20)\d\d|\d{4}-\d\d-\d\d|\d\d?[-.]\d\d?[-.]\d{4})$/;
const MIN_PHONE_DIGITS = 8;
/** Numbers of paid and free lines, however short. */
const SERVICE_LINE = /^1[89]00\d{2,}$/;

interface Said {
  readonly text: string;
  readonly name: string;
  readonly spot: () => SourcePlace;
}

/** Phone numbers stand in the directory only, and no number of the do-not-use list stands anywhere. */
export const checkNumbers: Check = (bundle) => {
  const said = allSaid(bundle);
  return [...said.flatMap((one) => textFindings(bundle, one)), ...directoryFindings(bundle)];
};

function allSaid(bundle: Bundle): readonly Said[] {
  return [
    ...allTexts(bundle).map(({ lang, key, text }) => ({
      text,
      name: key,
      spot: () => bundle.locate(`text:${lang}:${key}`),
    })),
    ...contentTexts(bundle).map(({ thing, path, text }) => ({
      text,
      name: `${thing} ${path.join(".")}`,
      spot: () => bundle.locate(thing, path),
    })),
  ];
}

function textFindings(bundle: Bundle, { text, name, spot }: Said): readonly Finding[] {
  return [...text.matchAll(DIGIT_RUN)].flatMap(([run]) => {
    const digits = run.replace(/\D/g, "");
    const banned = bundle.doNotUse.find((one) => isSame(digits, one.digits));
    if (banned !== undefined) {
      return [finding("do-not-use", spot(), `${name} has ${run}: ${banned.why}`, "take the number out")];
    }
    if (!isPhone(run, digits)) return [];
    const fix = "show it with a services node, so that it keeps its source and date";
    return [finding("phone-in-text", spot(), `${name} has the number ${run}`, fix)];
  });
}

function directoryFindings(bundle: Bundle): readonly Finding[] {
  return bundle.services.flatMap((service) =>
    service.phones.flatMap(({ tel }) => {
      const banned = bundle.doNotUse.find((one) => isSame(tel.replace(/\D/g, ""), one.digits));
      if (banned === undefined) return [];
      const spot = bundle.locate(`service:${service.id}`);
      return [finding("do-not-use", spot, `${service.id} has ${tel}: ${banned.why}`, "take the number out")];
    }),
  );
}

function isPhone(run: string, digits: string): boolean {
  if (SERVICE_LINE.test(digits)) return true;
  return digits.length >= MIN_PHONE_DIGITS && !NOT_A_PHONE.test(run);
}

/** With or without the country code. */
function isSame(digits: string, banned: string): boolean {
  const national = (number: string) => number.replace(/^(?:84|0)(?=\d{8,}$)/, "");
  return national(digits) === national(banned);
}
