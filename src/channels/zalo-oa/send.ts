import type { ChannelError } from "../channel-error.ts";
import type { Outgoing, PushChannel } from "../port.ts";
import type { Call, Reply } from "./account.ts";
import { type Alert, DAY_MS } from "./alerts.ts";
import { type Cs, createCs, idsOf } from "./cs.ts";
import { failureOf } from "./failures.ts";
import { buttonsOf, imageOf, plainTexts, textsOf } from "./messages.ts";
import type { Uploads } from "./uploads.ts";

export interface SendDeps {
  readonly call: Call;
  readonly uploads: Uploads;
  readonly alert: Alert;
  /** Buttons are tried until the network refuses one. */
  readonly buttons: boolean;
  /** Where the network can fetch pictures whose upload it refused. */
  readonly publicUrl?: string;
}

/** Sends a message: a letter first, then pictures and words, the choices last. */
export function createSend(deps: SendDeps): PushChannel["send"] {
  const buttons = { on: deps.buttons };
  return async (address, message, signal) => {
    const sending: Sending = { ...deps, buttons, signal, cs: createCs(deps.call, deps.alert, address, signal) };
    const ids = message.attachment === undefined ? [] : [...(await sendLetter(sending, message.attachment, message))];
    const texts = textsOf(message);
    for (const text of texts.slice(0, -1)) ids.push(...(await sending.cs.send([text])));
    ids.push(...(await sendLast(sending, texts.at(-1) ?? "", message)));
    return { messageIds: ids };
  };
}

interface Sending extends Omit<SendDeps, "buttons"> {
  readonly cs: Cs;
  readonly signal: AbortSignal;
  readonly buttons: { on: boolean };
}

type Letter = NonNullable<Outgoing["attachment"]>;

/** The name of an upload is dead. */
const UPLOAD_GONE = -100;
/** A parameter is invalid, over its limit, or of a kind that is not taken: the words alone may still pass. */
const EXTRA_REFUSED: ReadonlySet<number> = new Set([UPLOAD_GONE, -201, -210, -233]);

/** As a file; where the network will not take that, what the letter says. */
async function sendLetter({ cs, uploads, alert, signal }: Sending, letter: Letter, message: Outgoing) {
  const attempt = async (): Promise<Reply | null> => {
    const upload = await uploads.letter(letter, signal);
    if (upload.kind === "taken") return cs.try({ attachment: { type: "file", payload: { token: upload.id } } });
    return upload.kind === "refused" ? upload.reply : null;
  };
  const first = await attempt();
  const reply = first?.error === UPLOAD_GONE ? await attempt() : first;
  if (reply?.error === 0) return idsOf(reply, alert);
  const failure = reply === null ? null : failureOf(reply.error, alert, reply.retryAfterMs);
  if (failure !== null && !isForGood(failure)) throw failure;
  alert({ level: "warn", code: "file-refused", facts: { error: reply?.error ?? 0 } });
  return cs.send(message.plainAttachment().flatMap(plainTexts));
}

/** The network will not take files of this account, now or later; words it may. */
function isForGood({ failure }: ChannelError): boolean {
  return failure === "refused" || failure === "unauthorised" || failure === "quota-spent";
}

function sendLast(sending: Sending, text: string, { media, choices }: Outgoing): Promise<readonly string[]> {
  if (media?.kind === "image") return sendPicture(sending, media.file, text);
  return text === "" ? Promise.resolve([]) : sendWords(sending, text, choices);
}

/** With buttons for as long as the network takes them. */
async function sendWords({ cs, buttons, alert }: Sending, text: string, choices: Outgoing["choices"]) {
  const attachment = buttons.on ? buttonsOf(choices) : undefined;
  if (attachment === undefined) return cs.send([text]);
  const reply = await cs.try({ text, attachment });
  if (!EXTRA_REFUSED.has(reply.error)) return idsOf(reply, alert);
  const ids = await cs.send([text]);
  buttons.on = false;
  alert({ level: "warn", code: "buttons-refused", facts: { error: reply.error } });
  return ids;
}

/** Uploaded, else by its address, else the words alone. */
async function sendPicture({ cs, uploads, alert, signal, publicUrl }: Sending, file: string, text: string) {
  const caption = text === "" ? {} : { text };
  const attempt = async (): Promise<Reply | null> => {
    const upload = await uploads.image(file, signal);
    if (upload.kind === "unfit") return null;
    if (upload.kind === "taken") return cs.try({ ...caption, attachment: imageOf({ attachment_id: upload.id }) });
    return publicUrl === undefined
      ? null
      : cs.try({ ...caption, attachment: imageOf({ url: addressOf(publicUrl, file) }) });
  };
  const first = await attempt();
  if (first?.error === UPLOAD_GONE) uploads.forget(file);
  const reply = first?.error === UPLOAD_GONE ? await attempt() : first;
  if (reply !== null && !EXTRA_REFUSED.has(reply.error)) return idsOf(reply, alert);
  alert({ level: "warn", code: "picture-refused", facts: { error: reply?.error ?? 0 } }, file, DAY_MS);
  return cs.send(text === "" ? [] : [text]);
}

function addressOf(publicUrl: string, file: string): string {
  return `${publicUrl}/media/${file.split("/").map(encodeURIComponent).join("/")}`;
}
