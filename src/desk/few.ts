/** Below it a number of people could tell of single ones: no page and no command shows it exactly. */
export const FEW = 5;

/** How many people, as whoever reports may know it. */
export function isFew(people: number): boolean {
  return people > 0 && people < FEW;
}

/** The same for output that programs read. */
export function hidingFew(people: number): number | string {
  return isFew(people) ? `<${FEW}` : people;
}
