import { seededRandom } from "../src/bot/random.ts";
import type { Example } from "./example.ts";

/** A text to learn from, and how much it counts. */
export interface Lesson {
  readonly text: string;
  readonly weight: number;
  readonly example: Example;
}

const UNMARKED_WEIGHT = 0.6;
const HALF_MARKED_WEIGHT = 0.3;
/** Of the words of a half-marked text, this share loses its marks. */
const SHARE = 0.3;

/** Every message as written; one with tone marks also without them, and with some of them gone. */
export function lessonsOf(examples: readonly Example[]): readonly Lesson[] {
  const random = seededRandom(5);
  return examples.flatMap((example) => {
    const { text } = example;
    const unmarked = withoutMarks(text);
    if (unmarked === text) return [{ text, weight: 1, example }];
    const half = text
      .split(" ")
      .map((word) => (random() < SHARE ? withoutMarks(word) : word))
      .join(" ");
    return [
      { text, weight: 1, example },
      { text: unmarked, weight: UNMARKED_WEIGHT, example },
      { text: half, weight: HALF_MARKED_WEIGHT, example },
    ];
  });
}

function withoutMarks(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D");
}
