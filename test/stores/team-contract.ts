import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { DOCUMENTS, type TeamStore } from "../../src/stores/team-store.ts";

export const PROFILE = DOCUMENTS.profile.parse({
  name: { vi: "Hội Phụ nữ phường", en: "Women's Union of the ward" },
  place: "79",
  hours: { vi: "8:00–17:00, thứ Hai đến thứ Sáu", en: "8:00–17:00, Monday to Friday" },
});

export const SLOTS = DOCUMENTS.campaigns.parse({
  "2025-test": {
    theme: { vi: "Chủ đề thử", en: "A test theme", en_by: "ours", document: "Thư mẫu", source: "mẫu" },
    slogans: [{ vi: "Khẩu hiệu thử", en: "A test slogan", source: "mẫu" }],
  },
});

/** Opens the store of one place, which is empty at first. */
export type OpenTeamStore = () => Promise<TeamStore>;

/** The promises every team store makes. `place` is called before each test. */
export function describeTeamStore(name: string, place: () => Promise<OpenTeamStore>): void {
  describe(`${name} keeps the promises of a team store`, () => {
    const current: { store?: TeamStore; open?: OpenTeamStore } = {};
    const store = () => current.store ?? expect.fail("no store");

    const reopen = async () => {
      current.store = await (current.open ?? expect.fail("no place"))();
    };

    beforeEach(async () => {
      current.open = await place();
      await reopen();
      onTestFinished(() => current.store?.close());
    });

    test("answers null for a document that was never written", async () => {
      expect(await store().read("profile")).toBeNull();
      expect(await store().read("campaigns")).toBeNull();
      expect(store().problems()).toEqual([]);
    });

    test("gives back what was written last, each document by itself", async () => {
      await store().write("profile", { ...PROFILE, place: "01" });
      await store().write("campaigns", SLOTS);
      await store().write("profile", PROFILE);
      expect(await store().read("profile")).toEqual(PROFILE);
      expect(await store().read("campaigns")).toEqual(SLOTS);
    });

    test("finds it again after it was closed and opened", async () => {
      await store().write("profile", PROFILE);
      await store().close();
      await reopen();
      expect(await store().read("profile")).toEqual(PROFILE);
    });

    test("refuses a document that does not fit its schema, and keeps the one before", async () => {
      await store().write("profile", PROFILE);
      const unfit = { ...PROFILE, place: "everywhere" };
      await expect(store().write("profile", unfit)).rejects.toBeInstanceOf(StoreError);
      expect(await store().read("profile")).toEqual(PROFILE);
    });

    test("takes writes at the same time in the order they came", async () => {
      const writes = Array.from({ length: 20 }, (_, n) =>
        store().write("profile", { ...PROFILE, place: String(n).padStart(2, "0") }),
      );
      await Promise.all(writes);
      expect((await store().read("profile"))?.place).toBe("19");
      expect(store().problems()).toEqual([]);
    });

    test("keeps no hand on what it was given or gave", async () => {
      const slots = structuredClone(SLOTS);
      await store().write("campaigns", slots);
      slots["2025-test"]?.slogans.pop();
      (await store().read("campaigns"))?.["2025-test"]?.slogans.pop();
      expect(await store().read("campaigns")).toEqual(SLOTS);
    });
  });
}
