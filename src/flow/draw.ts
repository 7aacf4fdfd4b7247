import type { Bundle } from "../content/bundle.ts";
import { FONT, flowToDot } from "./draw-dot.ts";
import type { Lang } from "./ids.ts";

/**
 * A picture of one flow as SVG, for people who write and review conversations. Rejects when there is no such flow.
 * The drawing library is loaded only here.
 */
export async function drawFlow(bundle: Bundle, flow: string, lang: Lang = "vi"): Promise<string> {
  const dot = flowToDot(bundle, flow, lang);
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const svg = viz.renderString(dot.replaceAll(FONT, MEASURED_FONT), { format: "svg", engine: "dot" });
  return svg.replaceAll(`"${MEASURED_FONT},sans-serif"`, `"${FONT}"`).replaceAll(`"${MEASURED_FONT}"`, `"${FONT}"`);
}

/** Of sans-serif fonts the layout knows the letter widths of this one only. */
const MEASURED_FONT = "Arial";
