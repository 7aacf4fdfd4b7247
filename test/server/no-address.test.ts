import { expect, test } from "vitest";
import { startStage } from "./stage.ts";

test.each(["/%ff", "/desk/%", "/desk/broadcasts/%E0%A4%A"])(
  "%s, which is no address, is refused without saying it again",
  async (path) => {
    const { address } = await startStage({ publicUrl: "https://antam.example" });
    const answer = await fetch(`${address}${path}`);
    expect([answer.status, await answer.text()]).toEqual([400, ""]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=31536000",
    });
  },
);
