import type { Lang } from "../../flow/ids.ts";
import type { Role } from "../access.ts";
import type { Here } from "./route.ts";

const LOCALES = { vi: "vi-VN", en: "en-GB" } as const;

/** A moment in Viet Nam with day and time, such as 08:30 22/11/2026. */
export function moment(lang: Lang, ms: number): string {
  const zone = { timeZone: "Asia/Ho_Chi_Minh" } as const;
  const time = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" }).format(ms);
  const day = { ...zone, day: "2-digit", month: "2-digit", year: "numeric" } as const;
  return `${time} ${new Intl.DateTimeFormat(LOCALES[lang], day).format(ms)}`;
}

/** A day of Viet Nam, `YYYY-MM-DD`, as people write it. */
export function dayWords(day: string): string {
  return day.split("-").reverse().join("/");
}

export function rolesWords({ say }: Pick<Here, "say">, roles: readonly Role[]): string {
  return roles.map((role) => say(`desk.role.${role}`)).join(", ");
}

/** A place by its name; what is limited to none is everywhere. */
export function placeWords(
  { desk, lang, say }: Pick<Here, "desk" | "lang" | "say">,
  place: string | undefined,
): string {
  return place === undefined ? say("desk.everywhere") : (desk.places.name(place)?.[lang] ?? place);
}
