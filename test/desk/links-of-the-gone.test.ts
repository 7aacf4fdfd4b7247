import { expect, test } from "vitest";
import { colleague, firstAdmin, staffStage } from "./staff-stage.ts";
import { openHouse, PASSWORD } from "./support/house.ts";

const GIVEN = { login: "lai", name: "Lại", password: PASSWORD, lang: "vi" } as const;

test.each([
  { what: "switched off", change: { active: false } },
  { what: "no administrator any more", change: { roles: ["author" as const] } },
  { what: "limited to a commune", change: { place: "00004" } },
])("links of an administrator who is $what are no longer good", async ({ change }) => {
  const { staff, ...stage } = await staffStage();
  const boss = await firstAdmin({ staff });
  const gone = await colleague(staff, boss, "nguoi-cu", { roles: ["admin"] });
  const links = [
    await staff.invite({ name: "Lại", roles: ["admin"] }, gone),
    await staff.reset({ id: boss.id, secondFactor: true }, gone),
  ];
  const kept = await staff.invite({ name: "Bình", roles: ["author"] }, boss);
  await staff.change({ id: gone.id, ...change }, boss);
  for (const { token } of links) expect(await stage.again().invitation(token)).toBeNull();
  expect(await staff.accept(kept.token, GIVEN)).toMatchObject({ roles: ["author"] });
});

test("links that were made with a stolen account go with its old password", async () => {
  const { staff } = await staffStage();
  const boss = await firstAdmin({ staff });
  const stolen = await staff.invite({ name: "Lại", roles: ["admin"] }, boss);
  const link = (await staff.resetLink("admin")) ?? expect.fail("no link");
  await staff.accept(link.token, GIVEN);
  expect(await staff.invitation(stolen.token)).toBeNull();
});

test("a second factor is set up with the password of the last ten minutes alone, the first one too", async () => {
  const house = await openHouse();
  const [lan, hoa] = [await house.signedIn("lan", ["author"]), await house.signedIn("hoa", ["approver"])];
  for (const visitor of [lan, hoa]) {
    expect((await visitor.open("/desk/enrol")).headers.location).toBe("/desk/account");
    await visitor.open("/desk/account");
    await visitor.send("/desk/renew", { current: PASSWORD });
    expect((await visitor.open("/desk/enrol")).statusCode).toBe(200);
  }
  house.clock.now += 10 * 60_000;
  for (const visitor of [lan, hoa]) {
    expect((await visitor.open("/desk/enrol")).headers.location).toBe("/desk/account");
    await visitor.open("/desk/account");
    expect((await visitor.send("/desk/enrol", { code: "123456" })).headers.location).toBe("/desk/enrol");
  }
});
