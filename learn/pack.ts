import { type ModelFile, OUTPUTS, type Weights } from "../src/safety/model.ts";

const MOST = 127;
/** The largest weights of an output are cut here, in standard deviations, so that the small ones keep their places. */
const WIDTH = 12;

/** Weights rounded to signed bytes. */
export function pack({ index, bias, rows }: Weights, yes: ModelFile["yes"]): ModelFile {
  const unit = OUTPUTS.map((_, o) => roundTo(unitOf(rows, o), 9));
  const bytes = new Int8Array(rows.length);
  for (let i = 0; i < bytes.length; i++) {
    const stored = Math.round((rows[i] ?? 0) / (unit[i % OUTPUTS.length] ?? 1));
    bytes[i] = Math.max(-MOST, Math.min(MOST, stored));
  }
  return {
    model: 1,
    outputs: [...OUTPUTS],
    bias: bias.map((value) => roundTo(value, 6)),
    unit,
    yes,
    features: base64Of(index.numbers),
    weights: Buffer.from(bytes.buffer).toString("base64"),
  };
}

function base64Of(numbers: Int32Array): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [i, number] of numbers.entries()) bytes.writeInt32LE(number, i * 4);
  return bytes.toString("base64");
}

function unitOf(rows: ArrayLike<number>, output: number): number {
  let squares = 0;
  let used = 0;
  for (let i = output; i < rows.length; i += OUTPUTS.length) {
    const weight = rows[i] ?? 0;
    if (weight === 0) continue;
    squares += weight * weight;
    used++;
  }
  return used === 0 ? 1 : (Math.sqrt(squares / used) * WIDTH) / MOST;
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
