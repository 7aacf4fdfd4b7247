import { expect, test } from "vitest";
import { seededRandom } from "../../src/bot/random.ts";
import { Permitted } from "../../src/delivery/pace/permitted.ts";

/** Messages a second over 6,000 messages, one in `every` refused for no reason of the rate. */
function paceWith(every: number): number {
  const random = seededRandom(7);
  const permitted = new Permitted(30);
  let now = 0;
  for (let n = 0; n < 6_000; n++) {
    now += 1_000 / permitted.rate;
    if (random() < 1 / every) permitted.refused(1, now);
    else permitted.taken(now);
  }
  return 6_000_000 / now;
}

test.each([
  [500, 0.6],
  [1_000, 0.9],
  [2_000, 0.95],
])("one refusal in %d that has nothing to do with the rate leaves %d of it", (every, share) => {
  expect(paceWith(every) / 30).toBeGreaterThan(share);
});
