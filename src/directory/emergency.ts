import type { Need } from "../flow/ids.ts";

/** Directory ids of the lines that answer at every hour. */
const POLICE = "nat-113";
export const AMBULANCE = "nat-115";
const RESCUE = "nat-114";
const CHILD_LINE = "nat-111-child";
/** The same line for people who are sold or held. */
const TRAFFICKING_LINE = "nat-111-trafficking";

/** One of these can stand first when those of a need have lapsed. */
export const ALWAYS_OPEN = [POLICE, CHILD_LINE, TRAFFICKING_LINE, AMBULANCE] as const;

/** The lines of the whole country for danger. No call that failed takes them away. */
export const EMERGENCY: ReadonlySet<string> = new Set([...ALWAYS_OPEN, RESCUE]);

const INJURY_NEEDS: readonly Need[] = ["domestic-violence", "sexual-violence"];

/** Ids of what stands first: danger before everything, and at least one line that answers at every hour. */
export function leadIds(query: { readonly need: Need; readonly urgent: boolean; readonly child: boolean }): string[] {
  const { need, urgent, child } = query;
  const [first = POLICE, ...rest] = adultLeads(need, urgent);
  if (!child) return [first, ...rest];
  return urgent ? [first, CHILD_LINE, ...rest] : [CHILD_LINE, first, ...rest];
}

function adultLeads(need: Need, urgent: boolean): string[] {
  if (need === "self-harm") return urgent ? [AMBULANCE, POLICE] : [AMBULANCE];
  if (urgent) return INJURY_NEEDS.includes(need) ? [POLICE, AMBULANCE] : [POLICE];
  if (need === "child-abuse") return [CHILD_LINE];
  return need === "trafficking" ? [TRAFFICKING_LINE] : [POLICE];
}
