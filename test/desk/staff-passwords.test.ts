import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCommonPasswords } from "../../src/desk/staff/common-passwords.ts";
import { createPasswords, OWASP_COST } from "../../src/desk/staff/passwords.ts";
import { fold } from "../../src/language/fold.ts";
import { CHEAP, colleague, firstAdmin, PASSWORD, staffStage } from "./staff-stage.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const LIST = await readCommonPasswords(ROOT);
const WHOSE = { login: "lan.vu@phuong.example", name: "Vũ Thị Lan" };

function whyNot(password: string): string | undefined {
  return createPasswords(LIST).issues(password, WHOSE, "password")[0]?.text.replace("desk.invalid.password-", "");
}

describe("a password", () => {
  test.each([
    "mưa rơi trên mái ngói",
    "con mèo 3 chân đi chợ",
    "xxxxx7Kp2vQz9",
    "🌧️ mưa rơi trên đồng 🌾",
    "quả cam xanh dưới gốc cây".padEnd(128, " và quả bưởi"),
  ])("may be anything long enough: %s", (password) => expect(whyNot(password)).toBeUndefined());

  test("has 12 to 128 characters, however they are encoded", () => {
    expect(whyNot("mưa rơi đêm".normalize("NFD"))).toBe("short");
    expect(whyNot("mưa rơi đêmm".normalize("NFD"))).toBeUndefined();
    expect(whyNot("🌧️🌾".repeat(2))).toBe("short");
    expect(whyNot("mưa rơi ".repeat(17))).toBe("long");
  });

  test.each([
    "matkhau123456",
    "Mật khẩu 2026!!!",
    "123456789012",
    "2026matkhau11",
    "matkhau1matkhau1",
    "anh yêu em nhiều",
    "AnhYeuEm 1102-1989",
    "PASSWORD2026",
    "qwertyuiop12",
    "aaaaaaaaaaaa",
    "!!!!!!!!!!!!",
    "xyzxyzxyzxyz",
    "uỷ ban nhân dân",
  ])("is not one that many choose: %s", (password) => expect(whyNot(password)).toBe("common"));

  test.each(["lan vũ và con mèo", "nhà của vũ thị lan", "lan.vu@phuong.example", "An Tâm muôn năm"])(
    "does not name its owner or this bot: %s",
    (password) => expect(whyNot(password)).toBe("personal"),
  );

  test("costs what OWASP advises", async () => {
    const passwords = createPasswords(LIST);
    const stored = await passwords.hash(PASSWORD);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.fits(stored, PASSWORD.normalize("NFD"))).toBe(true);
    expect(await passwords.fits(stored, `${PASSWORD} `)).toBe(false);
    expect(await passwords.fits(null, PASSWORD)).toBe(false);
    expect(await passwords.hash(PASSWORD)).not.toBe(stored);
  });

  test("of another cost is hashed anew at the next sign-in, without ending sessions", async () => {
    const stage = await staffStage();
    await colleague(stage.staff, await firstAdmin(stage), "binh");
    const hash = async () => (await stage.team.read("staff"))?.members["binh"]?.password;
    expect(await hash()).toContain(`m=${CHEAP.memoryCost},t=${CHEAP.timeCost}`);
    const { changedAt } = (await stage.staff.member("binh")) ?? expect.fail("nobody");
    stage.clock.now += 1_000;
    const staff = stage.again({ cost: OWASP_COST });
    expect(await staff.signIn("binh", "sai mật khẩu", "::1")).toMatchObject({ kind: "refused" });
    expect(await hash()).toContain(`m=${CHEAP.memoryCost},t=${CHEAP.timeCost}`);
    expect(await staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "in", member: { changedAt } });
    expect(await hash()).toContain("m=19456,t=2");
    expect(await staff.signIn("binh", PASSWORD, "::1")).toMatchObject({ kind: "in" });
  });
});

test("the list is folded, sorted out and long enough", async () => {
  const lines = (await readFile(join(ROOT, "content", "desk", "common-passwords.txt"), "utf8")).split("\n");
  const words = lines.filter((line) => line !== "" && !line.startsWith("#"));
  expect(words.filter((word) => fold(word) !== word || !/^[a-z0-9]{3,}$/.test(word))).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
  expect(LIST.size).toBeGreaterThan(300);
});
