import { generateSecret, generateURI, verifySync } from "otplib";
import QRCode from "qrcode";
import type { Keyring } from "../../stores/keyring.ts";
import type { Member } from "./staff.ts";

/** Time-based one-time codes (RFC 6238) as every authenticator app makes them: SHA-1, 6 digits, 30 seconds. */
export interface SecondFactor {
  fresh(login: string): Promise<{ readonly secret: string; readonly uri: string; readonly svg: string }>;
  /** The secret as the document keeps it, for this member only. */
  seal(id: string, secret: string): string;
  /** The time step of a right code of this secret; null for a wrong one. */
  stepOf(secret: string, code: string): number | null;
  /** The same for a member's own secret; null for a step that was used before, or an earlier one. */
  freshStepOf(member: Member, code: string): number | null;
}

export function createSecondFactor(keyring: Pick<Keyring, "seal" | "open">, now: () => number): SecondFactor {
  const stepOf: SecondFactor["stepOf"] = (secret, typed) => {
    const token = typed.replace(/\s/g, "");
    if (!SECRET.test(secret) || !CODE.test(token)) return null;
    const found = verifySync({ secret, token, epoch: Math.floor(now() / 1_000), epochTolerance: PERIOD_S });
    return found.valid && "timeStep" in found ? found.timeStep : null;
  };
  return {
    stepOf,
    async fresh(login) {
      const secret = generateSecret();
      const uri = generateURI({ issuer: ISSUER, label: login, secret });
      return { secret, uri, svg: await QRCode.toString(uri, { type: "svg", errorCorrectionLevel: "M" }) };
    },
    seal: (id, secret) => Buffer.from(keyring.seal(secret, aboutOf(id))).toString("base64"),
    freshStepOf({ id, totp, totpStep = 0 }, code) {
      if (totp === undefined) return null;
      const step = stepOf(keyring.open(Buffer.from(totp, "base64"), aboutOf(id)), code);
      return step !== null && step > totpStep ? step : null;
    },
  };
}

/** What the app shows beside the code. */
const ISSUER = "An Tâm";
/** One step before and after counts too: clocks of phones differ. */
const PERIOD_S = 30;
const CODE = /^\d{6}$/;
/** 160 bits in Base32. */
const SECRET = /^[A-Z2-7]{32}$/;

function aboutOf(id: string): string {
  return `second factor ${id}`;
}
