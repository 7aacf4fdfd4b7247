import { loadContent } from "../content/snapshot.ts";
import { parsePlaces } from "../directory/place-data.ts";
import { createPlaces, type Places } from "../directory/places.ts";
import { ROOT } from "./app.ts";
import { answerLines } from "./asked-lines.ts";

/** A line of the answer, without its id. */
interface PlaceLine {
  /** A province code, `ambiguous` or `none`. */
  readonly code: string;
  /** Where the text means one commune of today. */
  readonly commune?: string;
  /** The provinces that an ambiguous text may mean. */
  readonly candidates?: readonly string[];
}

/**
 * What places `{"id","text"}` lines on standard input mean: `{"id","code"}`, with `commune` or `candidates` where
 * there are any. Resolves with the exit status: 2 when a line could not be read.
 */
export async function places(): Promise<number> {
  const known = createPlaces(parsePlaces((await loadContent(ROOT)).bundle.places));
  const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
  const wrong = await answerLines((text) => placeLine(known, text), streams);
  return wrong === 0 ? 0 : 2;
}

function placeLine(known: Places, text: string): PlaceLine {
  const answer = known.resolve(text);
  if (answer.kind === "none") return { code: "none" };
  if (answer.kind === "ambiguous") {
    return { code: "ambiguous", candidates: answer.candidates.map(({ code }) => known.provinceOf(code) ?? code) };
  }
  const province = known.provinceOf(answer.code) ?? answer.code;
  return province === answer.code ? { code: province } : { code: province, commune: answer.code };
}
