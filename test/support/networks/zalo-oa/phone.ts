import type { Phone } from "../network.ts";
import { createIds, digitsOf } from "../shared/ids.ts";
import { newest, numberOf } from "../shared/screen.ts";
import type { Button } from "./attachment.ts";
import type { Outbox } from "./events.ts";
import { type OaState, type OaUser, userOf } from "./state.ts";

const MEDIA = "https://f.example.zdn.vn";

/** A person with Zalo who writes to the account. */
export interface ZaloOaPhone extends Phone {
  link(): void;
  video(): void;
  gif(): void;
  file(): void;
  businessCard(): void;
  /** Opens the chat by the button of the account's page. */
  chatNow(): void;
  /** Fills in the form that asks for personal data. */
  submitInfo(): void;
}

export function createPhones(state: OaState, outbox: Outbox): (name: string) => ZaloOaPhone {
  const ids = createIds("96");
  const phones = new Map<string, ZaloOaPhone>();
  return (name) => {
    const known = phones.get(name) ?? createPhone(state, outbox, userOf(state, digitsOf(name, "25"), name), ids);
    phones.set(name, known);
    return known;
  };
}

function createPhone(state: OaState, outbox: Outbox, user: OaUser, ids: () => string): ZaloOaPhone {
  const byApp = digitsOf(user.name, "55");
  const parties = { user_id_by_app: byApp, sender: { id: user.id }, recipient: { id: state.options.oaId } };
  const emit = (event: Readonly<Record<string, unknown>>) => outbox.emit(user.id, event);
  const write = (name: string, message: { text?: string; attachments?: readonly unknown[] }, visible = true) => {
    interact(state, user);
    const id = ids();
    if (visible) user.screen.fromPerson({ id, text: message.text ?? "", at: state.now() });
    emit({ event_name: name, ...parties, message: { msg_id: id, ...message } });
  };
  const attach = (kind: string, payload: Readonly<Record<string, unknown>>, type = kind) =>
    write(`user_send_${kind}`, { text: "", attachments: [{ type, payload }] });
  const account = (event_name: string, who: object) =>
    emit({ oa_id: state.options.oaId, user_id_by_app: byApp, event_name, ...who });
  const follow = () => {
    user.follower = true;
    user.blocked = false;
    interact(state, user);
    account("follow", { source: "oa_profile", follower: { id: user.id } });
  };
  const type = (text: string) => write("user_send_text", { text });
  const act = ({ button, number }: Offer) => {
    if (number !== undefined) type(number);
    else if (button?.type === "oa.query.show") type(button.payload);
    else if (button?.type === "oa.query.hide") write("user_send_text", { text: button.payload }, false);
  };
  return {
    chat: user.id,
    screen: () => user.screen.all,
    received: () => user.screen.all.filter(({ from }) => from === "bot"),
    type,
    press: (label) => act(offerOf(user, label)),
    pressOn: (messageId, label) => act(offerOf(user, label, messageId)),
    start: follow,
    location: (latitude, longitude) => {
      const coordinates = { latitude: latitude.toFixed(7), longitude: longitude.toFixed(7) };
      write("user_send_location", { text: "Vị trí", attachments: [{ type: "location", payload: { coordinates } }] });
    },
    sticker: () => attach("sticker", { id: "bfe458bf64fa8da4d4eb", url: `${MEDIA}/s.png` }),
    photo: () =>
      attach(
        "image",
        { url: `${MEDIA}/x.jpg`, thumbnail: `${MEDIA}/t.jpg` },
        state.chance.hits(0.3) ? "photo" : "image",
      ),
    voice: () => attach("audio", { url: `${MEDIA}/a.aac` }),
    video: () => attach("video", { url: `${MEDIA}/v.mp4`, thumbnail: `${MEDIA}/t.jpg`, description: "" }),
    gif: () => attach("gif", { url: `${MEDIA}/g.gif`, thumbnail: `${MEDIA}/t.jpg` }),
    file: () => attach("file", { url: `${MEDIA}/f.pdf`, size: "1024", name: "f.pdf", type: "pdf", checksum: "0" }),
    link: () => attach("link", { title: "", url: "https://example.org", thumbnail: `${MEDIA}/t.jpg`, description: "" }),
    businessCard: () =>
      attach("business_card", { url: "https://qr-talk.example", thumbnail: `${MEDIA}/t.jpg` }, "link"),
    unsupported: () => write("user_send_hologram", { text: "" }),
    chatNow: () => {
      interact(state, user);
      emit({ oa_id: state.options.oaId, user_id: user.id, event_name: "user_click_chatnow" });
    },
    submitInfo: () =>
      emit({ event_name: "user_submit_info", ...parties, info: { name: user.name, phone: "84000000000" } }),
    block: () => {
      user.follower = false;
      user.blocked = true;
      account("unfollow", { source: "oa_profile", follower: { id: user.id } });
    },
    unblock: follow,
  };
}

/** The person did something that opens the time for answers anew. */
function interact(state: OaState, user: OaUser): void {
  user.lastInteraction = state.now();
  user.free = state.options.freeReplies;
}

interface Offer {
  readonly button?: Button;
  readonly number?: string;
}

/** The newest button or numbered line with this label, in one message or in all. Throws when nothing offers it. */
function offerOf({ screen, buttons }: OaUser, label: string, messageId?: string): Offer {
  const offer = newest<Offer>(screen, ({ id, text }) => {
    if (messageId !== undefined && id !== messageId) return undefined;
    const button = buttons.get(id)?.find(({ title }) => title === label);
    if (button !== undefined) return { button };
    const number = numberOf(text, label);
    return number === undefined ? undefined : { number };
  });
  if (offer === undefined) throw new Error(`nothing on the screen offers "${label}"`);
  return offer;
}
