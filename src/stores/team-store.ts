import { z } from "zod";
import { BroadcastFile } from "../broadcast/broadcast.ts";
import { CampaignSlots } from "../campaign/slots.ts";
import { MonthFile } from "../desk/month/month.ts";
import { DeskSessions } from "../desk/staff/sessions.ts";
import { StaffFile } from "../desk/staff/staff.ts";
import { TeamServices } from "../directory/team-services.ts";

/** Who runs this bot, for which place, and when a person of the team reads. */
export const Profile = z.strictObject({
  name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
  /** Province or commune code; absent: the whole country. */
  place: z
    .string()
    .regex(/^(?:\d{2}|\d{5})$/)
    .optional(),
  /** As people read it, such as "8:00–17:00, thứ Hai đến thứ Sáu". */
  hours: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
});
export type Profile = z.infer<typeof Profile>;

/** The login of a Zalo Official Account, sealed with the keys of this installation: see `commands/zalo-oa-tokens.ts`. */
const ZaloOaLogin = z.strictObject({
  /** Of PKCE; made once, because the console of the app is told its challenge. */
  verifier: z.base64().min(1).exactOptional(),
  pair: z.base64().min(1).exactOptional(),
});

/** How much of a Zalo bot's plan is used, and nothing of by whom: see `channels/zalo-bot/allowance.ts`. */
const ZaloBotAllowance = z.strictObject({
  month: z.string(),
  sent: z.int().nonnegative(),
  people: z.base64(),
  told: z.array(z.string()),
});

/** Every document the store can hold, with its schema. */
export const DOCUMENTS = {
  broadcasts: BroadcastFile,
  profile: Profile,
  campaigns: CampaignSlots,
  desk_sessions: DeskSessions,
  month: MonthFile,
  services: TeamServices,
  staff: StaffFile,
  zalo_bot: ZaloBotAllowance,
  zalo_oa: ZaloOaLogin,
} as const;
export type DocumentName = keyof typeof DOCUMENTS;
export type DocumentOf<N extends DocumentName> = z.infer<(typeof DOCUMENTS)[N]>;

/** Small documents that people read, edit and compare. */
export interface TeamStore {
  /** Null when the document was never written, or when it had to be set aside (see `problems`). */
  read<N extends DocumentName>(name: N): Promise<DocumentOf<N> | null>;
  /** Resolves only after the document would survive a power cut. Rejects with `StoreError` when it does not fit its schema. */
  write<N extends DocumentName>(name: N, value: DocumentOf<N>): Promise<void>;
  /** Files that could not be read, where they were put, and what was used instead. */
  problems(): readonly { readonly file: string; readonly movedTo: string; readonly what: string }[];
  close(): Promise<void>;
}
