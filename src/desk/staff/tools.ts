import type { DeskPlaces } from "../desk.ts";
import type { StaffBook } from "./book.ts";
import type { Strangers } from "./lock.ts";
import type { Passwords } from "./passwords.ts";
import type { SecondFactor } from "./second-factor.ts";
import type { Throttle } from "./throttle.ts";

/** What the parts of staff work with. */
export interface StaffTools {
  readonly book: StaffBook;
  readonly passwords: Passwords;
  readonly secondFactor: SecondFactor;
  readonly throttle: Throttle;
  readonly strangers: Strangers;
  readonly places: Pick<DeskPlaces, "provinceOf" | "name">;
  randomBytes(count: number): Uint8Array;
  /** Milliseconds since 1970. */
  now(): number;
}
