import type { Keyring } from "../../stores/keyring.ts";
import { createAccepting } from "./accept.ts";
import { createAccounts } from "./accounts.ts";
import { type BookSources, createStaffBook, memberOf, memberWithLogin, shownMember } from "./book.ts";
import { createStrangers } from "./lock.ts";
import { createOpenLinks } from "./open-links.ts";
import { createOwnAccount } from "./own-account.ts";
import { createPasswords, type PasswordCost } from "./passwords.ts";
import { createSecondFactor } from "./second-factor.ts";
import { createSignIn } from "./sign-in.ts";
import type { Staff } from "./staff.ts";
import { createThrottle } from "./throttle.ts";
import type { StaffTools } from "./tools.ts";

export interface StaffDeps extends BookSources {
  readonly keyring: Pick<Keyring, "seal" | "open">;
  readonly places: StaffTools["places"];
  /** Of a generator that nobody can guess. */
  readonly randomBytes: StaffTools["randomBytes"];
  /** What may not be chosen as a password: see `readCommonPasswords`. */
  readonly commonPasswords: ReadonlySet<string>;
  /** Absent: as OWASP advises. Passwords of another cost are hashed anew at the next sign-in. */
  readonly cost?: PasswordCost;
}

export function createStaff({ keyring, places, randomBytes, commonPasswords, cost, ...sources }: StaffDeps): Staff {
  const { now } = sources;
  const book = createStaffBook(sources);
  const tools: StaffTools = {
    ...{ book, places, randomBytes, now },
    passwords: createPasswords(commonPasswords, cost),
    secondFactor: createSecondFactor(keyring, now),
    throttle: createThrottle(),
    strangers: createStrangers(),
  };
  return {
    ...createAccepting(tools),
    ...createSignIn(tools),
    ...createAccounts(tools),
    ...createOpenLinks(tools),
    ...createOwnAccount(tools),
    async member(id) {
      const member = memberOf(await book.read(), id);
      return member?.active ? shownMember(member, now()) : null;
    },
    async all() {
      const { members } = await book.read();
      return Object.values(members).map((member) => shownMember(member, now()));
    },
    async byLogin(login) {
      const member = memberWithLogin(await book.read(), login);
      return member === undefined ? null : shownMember(member, now());
    },
  };
}
