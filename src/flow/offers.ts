import { foldWords } from "../language/fold.ts";
import { selectByLabel, selectByNumber } from "./select.ts";
import { MOST_OFFERS, type Offer, type State } from "./session.ts";
import type { World } from "./world.ts";

/**
 * The state of a person to whom a message of the team goes: its choices can be taken by number or label until they
 * write. Where they are, when they wrote last and what they subscribed to stays. For the bot alone: no input leads here.
 */
export function withOffers(state: State, offers: readonly Offer[]): State {
  const { offers: _, ...session } = state.session;
  const chosen = offers.slice(0, MOST_OFFERS);
  return { ...state, session: chosen.length === 0 ? session : { ...session, offers: chosen } };
}

/**
 * The token of the offer that typed words mean: by its number, its whole label, or words of it in which the safety screen
 * hears nothing. The team writes these labels, so that a disclosure must not be lost in one.
 */
export function offerMeant(offers: readonly Offer[], text: string, screen: World["screen"]): string | undefined {
  const ids = offers.map(({ token }) => token);
  const labels = offers.map(({ token, label }) => ({ id: token, label }));
  const byNumber = selectByNumber(ids, text);
  if (byNumber !== undefined) return byNumber;
  const typed = foldWords(text);
  const token = selectByLabel(labels, text);
  if (token === undefined) return undefined;
  const whole = offers.some((offer) => offer.token === token && foldWords(offer.label) === typed);
  return whole || screen(text) === null ? token : undefined;
}
