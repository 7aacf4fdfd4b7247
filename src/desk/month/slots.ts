import { z } from "zod";
import { type Campaign, Theme } from "../../campaign/campaign.ts";
import type { CampaignSlots } from "../../campaign/slots.ts";
import { Slug } from "../../flow/ids.ts";
import { foldWords } from "../../language/fold.ts";
import type { Actor } from "../access.ts";
import { type Actions, action } from "../action.ts";
import { DeskProblem } from "../problem.ts";
import type { Slot, SlotDraft, SlotWarning } from "./month.ts";
import { demandEverybody, isMine, line, type MonthDeps, type MonthParts, Remark, Seen, whoOf } from "./month-parts.ts";
import { demandSeen, drafted, released, returned, submitted } from "./review.ts";

/** Letters of a theme, a slogan, and of what names their source. */
export const SLOT_MOST = { theme: 300, slogan: 200, source: 300, slogans: 40 } as const;

const Source = line(SLOT_MOST.source, 3);
const SloganInput = z.strictObject({ vi: line(SLOT_MOST.slogan), en: line(SLOT_MOST.slogan), source: Source });
const SlotInput = z.strictObject({
  campaign: Slug,
  theme: z.strictObject({
    vi: line(SLOT_MOST.theme),
    en: line(SLOT_MOST.theme),
    en_by: Theme.shape.en_by,
    document: Source,
    source: Source,
  }),
  slogans: z.array(SloganInput).max(SLOT_MOST.slogans, "desk-month.invalid.too-many"),
  seen: Seen,
});
const OneSlot = z.strictObject({ campaign: Slug, seen: Seen });

/** Filling in what depends on the year's letter: one person writes, another releases it to citizens. */
export function slotActions(parts: MonthParts): Actions {
  return {
    "slot.write": action({
      right: "month.write",
      input: SlotInput,
      run: ({ campaign, theme, slogans, seen }, by) =>
        changeSlot(parts, { action: "slot.write", campaign, seen, by }, (before) => {
          return { campaign, theme, slogans, ...drafted(before, by, parts.now()) };
        }),
    }),
    "slot.submit": action({
      right: "month.write",
      input: OneSlot,
      run: ({ campaign, seen }, by) =>
        changeSlot(parts, { action: "slot.submit", campaign, seen, by }, (before) => {
          return { ...known(before), ...submitted(known(before), parts.now()) };
        }),
    }),
    "slot.return": action({
      right: "month.release",
      input: OneSlot.extend({ remark: Remark }),
      run: ({ campaign, remark, seen }, by) =>
        changeSlot(parts, { action: "slot.return", campaign, seen, by }, (before) => {
          return { ...known(before), ...returned(known(before), remark, parts.now()) };
        }),
    }),
    "slot.release": action({
      right: "month.release",
      input: OneSlot,
      run: ({ campaign, seen }, by) => releaseSlot(parts, campaign, seen, by),
    }),
  };
}

interface SlotChange {
  readonly action: string;
  readonly campaign: string;
  readonly seen: number | undefined;
  readonly by: Actor;
}

/** Notes it, then writes it. Rejects with `DeskProblem`: not-found, outside-place, conflict, second-person. */
function changeSlot(
  parts: MonthParts,
  { action: name, campaign, seen, by }: SlotChange,
  edit: (before: SlotDraft | undefined) => SlotDraft,
  publish: (after: SlotDraft) => Promise<void> = async () => undefined,
): Promise<SlotDraft> {
  const { province } = openCampaign(parts, campaign);
  demandEverybody(by, province, parts);
  return parts.document.change(async (file, save) => {
    const before = file.slots[campaign];
    demandSeen(before, seen);
    const after = edit(before);
    await parts.audit.note({
      ...{ ...whoOf(by), action: name, subject: campaign, before, after },
      ...(province !== undefined && { place: province }),
    });
    await publish(after);
    await save({ ...file, slots: { ...file.slots, [campaign]: after } });
    return after;
  });
}

/** What citizens see is written first: a release that was cut off is still submitted and can be repeated. */
async function releaseSlot(
  parts: MonthParts,
  campaign: string,
  seen: number | undefined,
  by: Actor,
): Promise<SlotDraft> {
  const after = await changeSlot(
    parts,
    { action: "slot.release", campaign, seen, by },
    (before) => ({ ...known(before), ...released(known(before), by, parts.now()) }),
    async ({ theme, slogans }) => {
      const slots = (await parts.team.read("campaigns")) ?? {};
      await parts.team.write("campaigns", { ...slots, [campaign]: { theme, slogans } });
    },
  );
  await parts.renew();
  return after;
}

function known(before: SlotDraft | undefined): SlotDraft {
  if (before === undefined) throw new DeskProblem("not-found");
  return before;
}

/** A campaign whose theme the content leaves open. */
function openCampaign({ bundle }: MonthDeps, id: string): Campaign {
  const campaign = bundle.campaigns.find(({ campaign: one, theme }) => one === id && theme === undefined);
  if (campaign === undefined) throw new DeskProblem("not-found");
  return campaign;
}

/** Open campaigns, the latest first. */
export async function slotsFor(parts: MonthParts, by: Actor): Promise<readonly Slot[]> {
  const [{ slots }, shown] = [await parts.document.read(), (await parts.team.read("campaigns")) ?? {}];
  return parts.bundle.campaigns
    .filter(({ theme }) => theme === undefined)
    .toSorted((one, other) => other.year - one.year)
    .map((campaign) => slotOf(parts, campaign, slots[campaign.campaign] ?? null, shown[campaign.campaign] ?? null, by));
}

function slotOf(
  parts: MonthParts,
  campaign: Campaign,
  draft: SlotDraft | null,
  shown: CampaignSlots[string] | null,
  by: Actor,
): Slot {
  const { campaign: id, year, title, province } = campaign;
  return {
    ...{ campaign: id, year, title, place: province, draft, shown },
    released: draft?.state === "released" && shown !== null && sameWords(draft, shown),
    warnings: draft === null ? [] : warningsOf(parts.bundle.campaigns, campaign, draft),
    mine: isMine(by, province, parts),
  };
}

function sameWords(one: CampaignSlots[string], other: CampaignSlots[string]): boolean {
  const words = ({ theme, slogans }: CampaignSlots[string]) => JSON.stringify([theme, slogans]);
  return words(one) === words(other);
}

/** A theme may be repeated by a letter, as it was from 2021 to 2024: so it is said, not refused. */
function warningsOf(campaigns: readonly Campaign[], { year }: Campaign, { theme }: SlotDraft): readonly SlotWarning[] {
  const earlier = campaigns.find((one) => one.year < year && foldWords(one.theme?.vi ?? "") === foldWords(theme.vi));
  return [
    ...(earlier === undefined ? [] : [{ name: "same-theme", campaign: earlier.title } as const]),
    ...(theme.document.includes(String(year)) ? [] : [{ name: "other-year" } as const]),
  ];
}
