import type { Browser } from "playwright-core";
import type { Role } from "../../../src/desk/access.ts";
import type { Scene } from "./scene.ts";
import { type CodeApp, codeApp, Seat } from "./seat.ts";

/** Called with each page on the way and its route; for looking at it. */
export type Look = (seat: Seat, route: string) => Promise<void>;

interface Person {
  readonly name: string;
  readonly login: string;
  readonly password: string;
}

export const HOA: Person = { name: "Lê Thị Hoa", login: "hoa.le", password: "mưa rào chiều thứ bảy" };
export const LAN: Person = { name: "Nguyễn Thị Lan", login: "lan.nguyen", password: "xe đạp cũ ở đầu ngõ" };
export const MINH: Person = { name: "Trần Văn Minh", login: "minh.tran", password: "ấm trà nóng trên bàn" };

/** Everybody at the desk, each before their own browser. */
export interface Team {
  readonly admin: Seat;
  readonly author: Seat;
  readonly approver: Seat;
  readonly approverApp: CodeApp;
}

/** From the printed link to three people who work: an administrator, an author, an approver who also keeps the directory. */
export async function gather(browser: Browser, { firstLink, clock }: Scene, look: Look): Promise<Team> {
  const admin = await Seat.open(browser, firstLink);
  await look(admin, "/accept/:token");
  await accept(admin, HOA, "first-admin");
  await enrol(admin, await codeApp(admin, clock), look);
  await nameAuthority(admin, look);
  const author = await Seat.open(browser, await invite(admin, LAN, ["author"], look));
  await accept(author, LAN, "invitation");
  const approver = await Seat.open(browser, await invite(admin, MINH, ["approver", "directory"], skip));
  await accept(approver, MINH, "invitation");
  const approverApp = await codeApp(approver, clock);
  await enrol(approver, approverApp, skip);
  return { admin, author, approver, approverApp };
}

const skip: Look = async () => undefined;

async function accept(seat: Seat, { name, login, password }: Person, kind: string): Promise<void> {
  await seat.fill({ name, login, password, again: password });
  await seat.press(`desk.accept.do.${kind}`);
}

async function enrol(seat: Seat, app: CodeApp, look: Look): Promise<void> {
  await look(seat, "/enrol");
  await seat.fill({ code: app.code() });
  await seat.press("desk.enrol.do");
}

async function nameAuthority(admin: Seat, look: Look): Promise<void> {
  await admin.press("desk.today.authority");
  await admin.fill({
    "name.vi": "Ủy ban nhân dân phường Đống Đa",
    "name.en": "People's Committee of Đống Đa Ward",
    place: "Đống Đa, Hà Nội",
    "hours.vi": "8:00–17:00, thứ Hai đến thứ Sáu",
    "hours.en": "8:00–17:00, Monday to Friday",
  });
  await admin.press("desk.save");
  await look(admin, "/authority");
}

async function invite(admin: Seat, { name }: Person, roles: readonly Role[], look: Look): Promise<string> {
  await admin.go("/staff/invite");
  await admin.fill({ name });
  await admin.tick("roles", ...roles);
  await look(admin, "/staff/invite");
  await admin.press("desk.staff.invite_do");
  await look(admin, "POST /staff/invite");
  return admin.field("link").inputValue();
}

/** Signs in with both factors, with the next code of the app: that of now may be used. */
export async function signIn(seat: Seat, { login, password }: Person, app: CodeApp, look: Look): Promise<void> {
  await look(seat, "/sign-in");
  await seat.fill({ login, password });
  await seat.press("desk.sign_in.do");
  await look(seat, "/code");
  await seat.fill({ code: app.code(1) });
  await seat.press("desk.sign_in.do");
}
