import { z } from "zod";
import type { Shown } from "../network.ts";
import { fetchFile, pictureKind } from "../shared/fetch-file.ts";
import { createIds } from "../shared/ids.ts";
import { checkText } from "../shared/ledger.ts";
import { type Attachment, type Picture, read, readAttachment } from "./attachment.ts";
import type { Outbox } from "./events.ts";
import { OaFault } from "./fault.ts";
import type { OaState, OaUser } from "./state.ts";
import { IMAGE_BYTES, type Uploads } from "./uploads.ts";

const DAY_MS = 86_400_000;
const WINDOW_MS = 7 * DAY_MS;
const FREE_MS = 2 * DAY_MS;

const Message = z.strictObject({
  recipient: z.strictObject({ user_id: z.string().min(1) }),
  message: z.strictObject({
    text: z.string().min(1).max(2_000).optional(),
    attachment: z.looseObject({}).optional(),
    quote_message_id: z.string().optional(),
  }),
});

export interface Sent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly messageId: string;
}

/** `POST /v3.0/oa/message/cs`. */
export function createSend(state: OaState, uploads: Uploads, outbox: Outbox): (body: unknown) => Promise<Sent> {
  const ids = createIds("b8");
  const charge = createPurse(state);
  let refusedButtons = 0;

  const checkButtons = ({ kind }: Attachment): void => {
    if (kind !== "buttons" || state.options.buttons === "accepted") return;
    refusedButtons += 1;
    throw new OaFault(refusedButtons % 2 === 1 ? -233 : -201, "buttons are not taken here", { blame: false });
  };

  return async (body) => {
    const { recipient, message } = read(Message, body);
    const { text = "", quote_message_id: quoted } = message;
    const attachment = readAttachment(message.attachment);
    if (text === "" && (attachment.kind === "none" || attachment.kind === "buttons"))
      throw new OaFault(-201, "no text");
    if (text !== "" && attachment.kind === "file") throw new OaFault(-201, "a file comes without text");
    checkText(state.ledger, "message/cs", text);
    const user = recipientOf(state, recipient.user_id);
    if (quoted !== undefined && user.screen.all.every(({ id }) => id !== quoted))
      throw new OaFault(-201, "stale quote");
    checkButtons(attachment);
    const parts = await partsOf(attachment, uploads);
    const quota = charge(user);
    const messageId = ids();
    const at = state.now();
    user.screen.fromBot({ ...parts, id: messageId, text, at });
    if (attachment.kind === "buttons") user.buttons.set(messageId, attachment.buttons);
    report(state, outbox, { user, messageId, text, attachment });
    const more = { user_id: user.id, sent_time: String(at), quota };
    return { messageId, data: { message_id: messageId, ...(!state.chance.hits(state.options.bareReplies) && more) } };
  };
}

function recipientOf(state: OaState, id: string): OaUser {
  const user = state.users.get(id);
  if (user === undefined) throw new OaFault(-201, "no such user");
  if (user.blocked) throw new OaFault(state.options.blockedWith, "the user does not want messages", { blame: false });
  if (user.lastInteraction === null) throw new OaFault(-230, "the user has never written");
  if (state.now() - user.lastInteraction > WINDOW_MS) {
    throw new OaFault(-230, "no interaction within 7 days", { blame: false });
  }
  return user;
}

/** Counts free and paid messages. */
function createPurse(state: OaState): (user: OaUser) => Readonly<Record<string, unknown>> {
  let paid = 0;
  return (user) => {
    const free = state.now() - (user.lastInteraction ?? 0) <= FREE_MS && user.free > 0;
    if (free) {
      user.free -= 1;
      return { quota_type: "reply", remain: user.free, total: state.options.freeReplies };
    }
    const { paidMessages } = state.options;
    if (paid >= paidMessages) throw new OaFault(-211, "the quota is used up", { blame: false });
    paid += 1;
    const countable = Number.isFinite(paidMessages);
    return countable
      ? { quota_type: "sub_quota", remain: paidMessages - paid, total: paidMessages }
      : { quota_type: "purchase_quota" };
  };
}

async function partsOf(attachment: Attachment, uploads: Uploads): Promise<Partial<Shown>> {
  switch (attachment.kind) {
    case "none":
      return {};
    case "buttons":
      return { buttons: attachment.buttons.map(({ title }) => title) };
    case "picture":
      return { picture: await pictureOf(attachment.picture, uploads) };
    case "file":
      return { file: uploads.take(attachment.token, ["file"]) };
  }
}

async function pictureOf(picture: Picture, uploads: Uploads): Promise<NonNullable<Shown["picture"]>> {
  if (picture.media_type === "sticker") return {};
  const { url, attachment_id: id } = picture;
  if ((url === undefined) === (id === undefined)) throw new OaFault(-201, "either url or attachment_id");
  if (id !== undefined) return { bytes: uploads.take(id, [picture.media_type]).bytes };
  const found = await fetchFile(url ?? "");
  if (typeof found === "string") throw new OaFault(-201, "the picture cannot be fetched");
  const kind = pictureKind(found.bytes);
  const fits = picture.media_type === "gif" ? kind === "gif" : kind === "jpg" || kind === "png";
  if (!fits) throw new OaFault(-201, "the address holds no such picture");
  if (found.bytes.length > IMAGE_BYTES) throw new OaFault(-210, "the picture is too large");
  return { ...(url !== undefined && { url }), bytes: found.bytes };
}

interface Report {
  readonly user: OaUser;
  readonly messageId: string;
  readonly text: string;
  readonly attachment: Attachment;
}

/** The echo, "received" and "seen", as the network reports them to the webhook. */
function report(state: OaState, outbox: Outbox, { user, messageId, text, attachment }: Report): void {
  if (!state.options.receipts) return;
  const parties = { sender: { id: state.options.oaId }, recipient: { id: user.id } };
  outbox.emit(user.id, { event_name: echoName(attachment), ...parties, message: { msg_id: messageId, text } });
  outbox.emit(user.id, { event_name: "user_received_message", ...parties, message: { msg_id: messageId } });
  outbox.emit(user.id, { event_name: "user_seen_message", ...parties, message: { msg_ids: [messageId] } });
}

function echoName(attachment: Attachment): string {
  if (attachment.kind === "picture") return `oa_send_${attachment.picture.media_type}`;
  return { none: "oa_send_text", buttons: "oa_send_list", file: "oa_send_file" }[attachment.kind];
}
