import { type Html, html } from "../../server/html.ts";
import { type FormBody, one } from "./route.ts";

/** The hidden field with the version that the person has before them: nobody decides about another one. */
export function seenField(changedAt: number | undefined): Html {
  return changedAt === undefined ? html`` : html`<input type="hidden" name="seen" value="${String(changedAt)}">`;
}

/** That version out of a form. */
export function seenOf(body: FormBody): { readonly seen?: number } {
  const seen = one(body, "seen");
  return /^\d+$/.test(seen) ? { seen: Number(seen) } : {};
}
