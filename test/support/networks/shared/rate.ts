/** A bucket: `perSecond` go through without end, and `slack` more at once, because calls bunch up on their way. */
export function createRate(perSecond: number, slack: number, now: () => number): { take(): boolean } {
  const size = perSecond + slack;
  let level = 0;
  let at = now();
  return {
    take: () => {
      const time = now();
      level = Math.max(0, level - ((time - at) / 1_000) * perSecond);
      at = time;
      if (level + 1 > size) return false;
      level += 1;
      return true;
    },
  };
}
