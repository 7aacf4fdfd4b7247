import type { Broadcast } from "../../../src/broadcast/broadcast.ts";
import { vietnamLocal } from "../../../src/broadcast/schedule.ts";
import { openLowdbStore } from "../../../src/stores/lowdb/store.ts";

/** Name of the broadcast, and of its one run. */
export const RUN = "ngay-cam";
/** Stands in the message, and in no other one of the bot. */
export const WORDS = "Tối nay phường mình có buổi gặp mặt ở nhà văn hóa.";

/** A message that the team has released for two topics, due an hour before `now` and until the evening. */
export function releasedBroadcast(now: number): Broadcast {
  const day = vietnamLocal(now).slice(0, "YYYY-MM-DD".length);
  return {
    id: RUN,
    title: "25/11",
    content: {
      kind: "message",
      text: { vi: `Chào bạn.\n\n${WORDS}`, en: `Hello.\n\n${WORDS}` },
      ways: [{ payload: "tips", label: { vi: "Mẹo hôm nay", en: "Today's tip" } }],
    },
    segment: { topics: ["campaign", "quizzes"], channels: [], langs: [], places: [] },
    schedule: { kind: "once", at: vietnamLocal(now - 3_600_000), notAfter: `${day}T20:30` },
    state: "released",
    author: "lan",
    writers: ["lan"],
    releasedBy: "hoa",
    changedAt: now,
  };
}

/** Puts it into a data folder that no bot runs on. */
export async function writeReleased(dataDir: string, broadcast: Broadcast): Promise<void> {
  const team = await openLowdbStore({ folder: dataDir });
  await team.write("broadcasts", { [broadcast.id]: broadcast });
  await team.close();
}
