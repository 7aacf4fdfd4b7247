import { type ModelFile, OUTPUTS, type Weights } from "../src/safety/model.ts";

const MOST = 127;
/** The largest weights of an output are cut here, in standard deviations, so that the small ones keep their places. */
const WIDTH = 12;

/** Weights rounded to signed bytes. */
export function pack({ bits, bias, groups }: Weights, yes: ModelFile["yes"]): ModelFile {
  const unit = OUTPUTS.map((_, o) => roundTo(unitOf(groups, o), 9));
  const bytes = new Int8Array(groups.length);
  for (let i = 0; i < bytes.length; i++) {
    const stored = Math.round((groups[i] ?? 0) / (unit[i % OUTPUTS.length] ?? 1));
    bytes[i] = Math.max(-MOST, Math.min(MOST, stored));
  }
  const weights = Buffer.from(bytes.buffer).toString("base64");
  return { model: 1, bits, outputs: [...OUTPUTS], bias: bias.map((value) => roundTo(value, 6)), unit, yes, weights };
}

function unitOf(groups: ArrayLike<number>, output: number): number {
  let squares = 0;
  let used = 0;
  for (let i = output; i < groups.length; i += OUTPUTS.length) {
    const weight = groups[i] ?? 0;
    if (weight === 0) continue;
    squares += weight * weight;
    used++;
  }
  return used === 0 ? 1 : (Math.sqrt(squares / used) * WIDTH) / MOST;
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
